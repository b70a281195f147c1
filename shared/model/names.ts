/** What a session may be called: whatever git allows in `sluice/NAME`, short enough for every file system. */

import { fail, ok, type Result } from '../result.ts'

export const BRANCH_PREFIX = 'sluice/'

/** A worktree folder carries the name, and 255 bytes is the limit of a file name on the common file systems. */
export const MAX_NAME_BYTES = 100

// Control characters and the set that git-check-ref-format(1) forbids.
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0020\u007f~^:?*[\\]/u
const RESERVED_ON_WINDOWS = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/iu
const FORBIDDEN_ON_WINDOWS = /["<>|]/u
/** Direction marks would let a name show as another one. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/** The UTF-8 size of a text, in bytes. */
function byteLength(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** The first rule of git-check-ref-format(1), or of the file systems, that the name breaks; null for a good name. */
function broken(name: string): string | null {
  if (name === '') return 'A session needs a name.'
  if (byteLength(name) > MAX_NAME_BYTES) return `A session name has at most ${MAX_NAME_BYTES} bytes; this one is longer.`
  if (name.startsWith('-')) return 'A session name cannot start with “-”: commands would read it as an option.'
  if (name.startsWith('.') || name.endsWith('.')) return 'A session name cannot start or end with a dot.'
  if (name.includes('..')) return 'A session name cannot contain “..”.'
  if (name.includes('/')) return 'A session name cannot contain “/”: it is also the name of a folder.'
  if (name.endsWith('.lock')) return 'A session name cannot end with “.lock”: git keeps that ending for itself.'
  if (name.includes('@{')) return 'A session name cannot contain “@{”.'
  if (/\s/u.test(name)) return 'A session name cannot contain spaces; use “-” instead.'
  if (FORBIDDEN.test(name)) return 'A session name cannot contain control characters or any of ~ ^ : ? * [ \\.'
  if (FORBIDDEN_ON_WINDOWS.test(name)) return 'A session name cannot contain any of " < > |.'
  if (DIRECTION_MARKS.test(name)) return 'A session name cannot contain marks that change the writing direction.'
  if (/^target$/iu.test(name)) return 'A session cannot be called “target”: that is the branch that work lands on.'
  if (RESERVED_ON_WINDOWS.test(name)) return `“${name}” is a reserved name on Windows; choose another one.`
  return null
}

/**
 * Takes what the user typed; gives it back as a session name (NFC), or says why it cannot be one.
 * Rules: git-check-ref-format(1), Windows' reserved file names, and “target”, which an overlap calls the target by.
 */
export function parseName(typed: string): Result<string, 'bad-name'> {
  const name = typed.normalize('NFC')
  const why = broken(name)
  return why === null ? ok(name) : fail('bad-name', why)
}

const STOP_WORDS = new Set('a an and the to of in on for with please can you could i we it is be that this so'.split(' '))

/** Suggests a free session name from a prompt: its first telling words, joined by “-”. */
export function suggestName(prompt: string, taken: readonly string[]): string {
  const words = prompt
    .split('\n', 1)[0]!
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .split(' ')
    .filter((word) => word !== '' && !STOP_WORDS.has(word))
  let stem = ''
  for (const word of words.slice(0, 4)) {
    const longer = stem === '' ? word : `${stem}-${word}`
    if (byteLength(longer) > 32) break
    stem = longer
  }
  const parsed = parseName(stem)
  const name = parsed.ok ? parsed.value : 'session'
  if (!taken.includes(name)) return name
  for (let n = 2; ; n += 1) if (!taken.includes(`${name}-${n}`)) return `${name}-${n}`
}
