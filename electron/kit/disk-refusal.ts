/** What the disk or the system refuses is no bug: the sentence that says so, and what to do. Pure. */

const FULL = 'The disk is full, so Sluice could not keep what it was asked for. Make room, then try again.'
const READ_ONLY = 'Sluice may not write to its files. Make their disk and folders writable, then try again.'
const BROKEN = 'The disk could not be read or written. Check it, then try again.'
const CROWDED =
  'The system gives Sluice no more files or processes. Close some programs, or raise the limit (“ulimit -n”), then try again.'

const BY_CODE: Readonly<Record<string, string>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EROFS: READ_ONLY,
  EACCES: READ_ONLY,
  EPERM: READ_ONLY,
  EIO: BROKEN,
  EMFILE: CROWDED,
  ENFILE: CROWDED,
}

/** By the primary result codes of SQLite (sqlite.org/rescode.html). */
const BY_RESULT: Readonly<Record<number, string>> = { 3: READ_ONLY, 8: READ_ONLY, 10: BROKEN, 13: FULL, 14: READ_ONLY }

/** Takes whatever was thrown; null when neither is to blame. */
export function diskRefusal(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  if ('errcode' in error && typeof error.errcode === 'number') return BY_RESULT[error.errcode & 0xff] ?? null
  return 'syscall' in error && 'code' in error ? (BY_CODE[String(error.code)] ?? null) : null
}
