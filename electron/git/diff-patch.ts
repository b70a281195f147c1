/** What changed, as text: unified diffs of two commits, or of a commit and the files of a checkout. Reads only. */

import { type Command, limitedTo, portions } from './argv.ts'
import { type Checkout, read, readFiles } from './checkout.ts'
import { between, type DiffSpan, inWorktree, type Shape, type Side, sideOf } from './diff.ts'
import type { Environment } from './environment.ts'
import { unexpected } from './failure.ts'
import { decodePath, parseRepoPath, type RepoPath } from './names.ts'
import { unquoted } from './records.ts'
import type { Ended, Git } from './run.ts'
import { untrackedFiles, withUntracked } from './untracked.ts'

export type Patch = { readonly patch: string; readonly truncated: boolean }

type Wanted = DiffSpan & { readonly paths?: readonly string[] | undefined; readonly maxBytes: number }

/**
 * A unified diff of the named files, or of all; untracked files of a worktree included. A renamed file shows as renamed
 * only when both of its paths are named. At most `maxBytes`, cut where a file begins, or else where a line ends.
 */
export async function diffPatch(git: Git, checkout: Checkout, wanted: Wanted): Promise<Patch> {
  const { bytes, truncated } = await patchBytes(git, checkout, wanted, ['--patch'])
  return { patch: (truncated ? cut(bytes) : bytes).toString(), truncated }
}

/** `hunks`: the changed lines and those around them, without line numbers and names; null for what is no text. */
export type FileChange = {
  readonly path: RepoPath
  readonly oldPath: RepoPath | null
  readonly from: Side | null
  readonly to: Side | null
  readonly hunks: Buffer | null
}

/** The changes of the named files, each with its content; one run of git. What did not fit into `maxBytes` is left out. */
export async function fileChanges(git: Git, checkout: Checkout, wanted: Wanted): Promise<readonly FileChange[]> {
  const { bytes, truncated } = await patchBytes(git, checkout, wanted, ['--raw', '--no-abbrev', '--patch'])
  return parseChanges(truncated ? cut(bytes) : bytes)
}

async function patchBytes(
  git: Git,
  checkout: Checkout,
  { from, to, blanks, env = {}, untracked, paths, maxBytes }: Wanted,
  shape: readonly Shape[],
): Promise<{ readonly bytes: Buffer; readonly truncated: boolean }> {
  const wanted = paths?.map(parseRepoPath).filter((path) => path !== null)
  if (wanted?.length === 0) return { bytes: Buffer.alloc(0), truncated: false }
  const parts = wanted === undefined ? [[]] : portions(wanted)
  const even: readonly Shape[] = blanks === false ? [...shape, '--ignore-all-space'] : shape

  if (to !== 'worktree')
    return gather(between(from, to, ...even), (command, room) => read(git, checkout, command, { env, maxBytes: room }))
  const names = wanted === undefined ? null : new Set(wanted)
  const known = untracked ?? (await untrackedFiles(git, checkout))
  const files = known.filter((path) => names === null || names.has(path))
  return withUntracked(git, checkout, { files, digits: from.length }, (index: Environment) =>
    gather(inWorktree(from, checkout, ...even), (command, room) =>
      readFiles(git, checkout, command, { env: { ...env, ...index }, maxBytes: room }),
    ),
  )

  async function gather(
    command: Command,
    run: (command: Command, room: number) => Promise<Ended>,
  ): Promise<{ readonly bytes: Buffer; readonly truncated: boolean }> {
    const texts: Buffer[] = []
    let room = maxBytes
    for (const part of parts) {
      const ended = room <= 0 ? null : await run(limitedTo(command, part), room)
      if (ended !== null && ended.code !== 0) throw unexpected('compare the files', ended)
      if (ended !== null) texts.push(ended.stdout)
      if (ended === null || ended.truncated) return { bytes: Buffer.concat(texts), truncated: true }
      room -= ended.stdout.length
    }
    return { bytes: Buffer.concat(texts), truncated: false }
  }
}

function cut(bytes: Buffer): Buffer {
  const file = bytes.lastIndexOf('\ndiff --git ')
  return bytes.subarray(0, (file > 0 ? file : bytes.lastIndexOf('\n')) + 1)
}

type Record = Omit<FileChange, 'hunks'> & { readonly status: string }
type Open = { readonly record: Record; readonly hunks: Buffer[]; parts: number; from: string; to: string; isText: boolean }

/** Reads `--raw --patch`, once or several times in a row: names are quoted, so that no line of theirs looks like one of git's. */
export function parseChanges(output: Buffer): readonly FileChange[] {
  const changes: FileChange[] = []
  const waiting: Record[] = []
  const now: { open: Open | null } = { open: null }

  function close(): void {
    if (now.open === null) return
    const { record, hunks, from, to, isText } = now.open
    const { status: _status, ...named } = record
    changes.push({
      ...named,
      from: record.from === null || from === '' ? record.from : sideOf(record.from.mode, from),
      to: record.to === null || to === '' ? record.to : sideOf(record.to.mode, to),
      hunks: isText ? Buffer.concat(hunks) : null,
    })
    now.open = null
  }

  function begin(): void {
    // What became another kind of thing goes and comes: two patches of one file.
    if (now.open?.record.status === 'T' && now.open.parts === 1) {
      now.open.parts = 2
      return
    }
    close()
    const record = waiting.shift()
    now.open = record === undefined ? null : { record, hunks: [], parts: 1, from: '', to: '', isText: false }
  }

  for (let at = 0; at < output.length;) {
    const end = output.indexOf(0x0a, at)
    const line = output.subarray(at, end < 0 ? output.length : end + 1)
    at += line.length
    const { open } = now
    const first = String.fromCharCode(line[0] ?? 0)
    if (first === ':') {
      close()
      const record = parseRecord(line)
      if (record.status !== 'U') waiting.push(record)
    } else if (first === 'd' && line.toString('latin1', 0, 11) === 'diff --git ') {
      begin()
    } else if (first === 'i' && open !== null) {
      const [, from = '', to = ''] = /^index ([0-9a-f]+)\.\.([0-9a-f]+)/u.exec(line.toString('latin1')) ?? []
      if (!/^0*$/u.test(from)) open.from = from
      if (!/^0*$/u.test(to)) open.to = to
    } else if (open !== null && (first === '@' || open.isText)) {
      open.isText = true
      // Where a change stands, and in which function git thinks it is, is not the change.
      open.hunks.push(first === '@' ? Buffer.from('@@\n') : line)
    }
  }
  close()
  return changes
}

function parseRecord(line: Buffer): Record {
  const [head = '', ...names] = line.toString('latin1').replace(/\n$/u, '').split('\t')
  const [oldMode = '', newMode = '', oldBlob = '', newBlob = '', status = ''] = head.slice(1).split(' ')
  const paths = names.map((name) => decodePath(unquoted(name)))
  const moved = paths.length > 1
  return {
    path: (moved ? paths[1] : paths[0]) ?? decodePath(Buffer.alloc(0)),
    oldPath: moved ? (paths[0] ?? null) : null,
    from: sideOf(oldMode, oldBlob),
    to: sideOf(newMode, newBlob),
    status: status.slice(0, 1),
  }
}
