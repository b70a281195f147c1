/** Reads a whole worktree into trees of git, without writing its index or its files. Nothing points at the trees yet. */

import * as z from 'zod'
import { command } from './argv.ts'
import type { Checkout } from './checkout.ts'
import { GitError, lastWords, reasonIn, unexpected } from './failure.ts'
import { decodePath, type Oid, parseOid, pathBytes, type RepoPath } from './names.ts'
import { type PrivateIndex, withPrivateIndex } from './private-index.ts'
import { fieldsOf, lineOf } from './records.ts'
import type { Ended, Git } from './run.ts'
import { whatCannotBeHeld } from './unholdable.ts'

export const notes = z.object({
  /** Files that are only announced to the index. */
  intentToAdd: z.array(z.string()),
  /** Files that git was told to believe unchanged, or to skip. */
  assumeUnchanged: z.array(z.string()),
  skipWorktree: z.array(z.string()),
  /** Files whose content a filter of the repository keeps; all others are in the snapshot byte for byte. */
  filtered: z.array(z.string()),
})
type Notes = z.infer<typeof notes>

/** A worktree at one moment: three trees, and what no tree can say. */
export type Look = {
  readonly head: Oid
  readonly index: Oid
  readonly files: Oid
  readonly notes: Notes
  /** Nothing of it is anywhere but in its commit. */
  readonly committed: boolean
}

export type Looked =
  | { readonly kind: 'looked'; readonly look: Look }
  /** Something here no commit can hold; the sentence says what to do. */
  | { readonly kind: 'refused'; readonly message: string }

/** True when both are the same worktree at the same state. */
export function isSameLook(a: Look, b: Look): boolean {
  return a.head === b.head && a.index === b.index && a.files === b.files && JSON.stringify(a.notes) === JSON.stringify(b.notes)
}

/** The one object that git answers with. */
export async function oidOf(ended: Promise<Ended>, doing: string): Promise<Oid> {
  const done = await ended
  const oid = done.code === 0 ? parseOid(lineOf(done.stdout)) : null
  if (oid === null) throw unexpected(doing, done)
  return oid
}

/** Paths as git reads them. */
export const listOf = (paths: readonly RepoPath[]): Buffer =>
  Buffer.concat(paths.flatMap((path) => [pathBytes(path), Buffer.of(0)]))
export const asPaths = (output: Buffer): RepoPath[] => fieldsOf(output).map(decodePath)

async function listed(index: PrivateIndex, ended: Promise<Ended>): Promise<Buffer> {
  const done = await ended
  if (done.code !== 0) throw unexpected(`look at the files in ${index.gitDir.own}`, done)
  // A folder that cannot be read is only a warning to git, and its files would be missing.
  if (/could not open directory|unable to access|Permission denied/u.test(done.stderr))
    throw new GitError('failed', `Git cannot read everything there: ${lastWords(done.stderr)}`)
  return done.stdout
}

/** The entries that carry one of the marks which make git look away. */
export async function lookedAway(index: PrivateIndex): Promise<Pick<Notes, 'assumeUnchanged' | 'skipWorktree'>> {
  const fields = fieldsOf(await listed(index, index.run(command('ls-files', '-v', '-z'))))
  const marked = (test: (mark: string) => boolean): RepoPath[] =>
    fields.filter((field) => test(String.fromCharCode(field[0] ?? 0))).map((field) => decodePath(field.subarray(2)))
  return {
    assumeUnchanged: marked((mark) => /[a-z]/u.test(mark)),
    skipWorktree: marked((mark) => mark.toUpperCase() === 'S'),
  }
}

async function mark(index: PrivateIndex, option: ReturnType<typeof command>, paths: readonly RepoPath[]): Promise<void> {
  if (paths.length === 0) return
  const ended = await index.changeRaw(option, { stdin: listOf(paths) })
  if (ended.code !== 0) throw unexpected('mark files in an index', ended)
}

/** Those of the paths whose content is what a filter of the repository makes of it. */
async function filteredAmong(index: PrivateIndex, paths: readonly RepoPath[]): Promise<ReadonlySet<RepoPath>> {
  if (paths.length === 0) return new Set()
  const fields = fieldsOf(
    await listed(index, index.run(command('check-attr', '-z', '--stdin', 'filter'), { stdin: listOf(paths) })),
  )
  const found = new Set<RepoPath>()
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const value = fields[at + 2]?.toString() ?? ''
    if (value !== 'unspecified' && value !== 'unset') found.add(decodePath(fields[at] ?? Buffer.alloc(0)))
  }
  return found
}

const ADD = command('update-index', '--add', '--remove', '--replace', '-z', '--stdin')

/** Reads the whole worktree into trees of git. Nothing points at them yet. */
export async function lookAt(git: Git, place: Checkout): Promise<Looked> {
  const refusal = await whatCannotBeHeld(git, place)
  if (refusal !== null) return { kind: 'refused', message: refusal }
  return withPrivateIndex(git, place, async (index) => {
    const head = await oidOf(index.run(command('rev-parse', '--verify', '--quiet', 'HEAD^{commit}')), 'read HEAD')
    const headTree = await oidOf(index.run(command('rev-parse', '--verify', '--quiet', 'HEAD^{tree}')), 'read HEAD')
    const staged = await oidOf(index.change(command('write-tree')), 'keep the index')
    const away = await lookedAway(index)
    await mark(index, command('update-index', '--no-assume-unchanged', '-z', '--stdin'), away.assumeUnchanged as RepoPath[])
    // What is skipped and not there was never checked out: it counts as unchanged.
    const skipped = away.skipWorktree as RepoPath[]
    const missing = new Set(skipped.length === 0 ? [] : await missingAmong(index, skipped))
    await mark(
      index,
      command('update-index', '--no-skip-worktree', '-z', '--stdin'),
      skipped.filter((path) => !missing.has(path)),
    )

    const states = fieldsOf(
      await listed(index, index.run(command('diff-files', '--name-status', '--no-renames', '--ignore-submodules=none', '-z'))),
    )
    const changed: RepoPath[] = []
    const gone: RepoPath[] = []
    const intentToAdd: RepoPath[] = []
    for (let at = 0; at + 1 < states.length; at += 2) {
      const path = decodePath(states[at + 1] ?? Buffer.alloc(0))
      ;(states[at]?.toString() === 'D' ? gone : changed).push(path)
      if (states[at]?.toString() === 'A') intentToAdd.push(path)
    }
    const added = asPaths(await listed(index, index.run(command('ls-files', '--others', '--exclude-standard', '-z'))))
    const nested = added.find((path) => path.endsWith('/'))
    if (nested !== undefined)
      return {
        kind: 'refused',
        message: `“${nested}” is a repository of its own, which a snapshot cannot hold. Move it out of the worktree first.`,
      }

    // Named one by one they would be looked for, also behind a link that is where their folder was.
    await mark(index, command('update-index', '--force-remove', '-z', '--stdin'), gone)
    const all = [...changed, ...added]
    const filtered = await filteredAmong(index, all)
    const kept = await keepFiles(index, all, filtered)
    if (kept !== null) return { kind: 'refused', message: kept }
    const files = await oidOf(index.change(command('write-tree')), 'keep the files')
    const sorted = (paths: Iterable<string>): string[] => [...paths].toSorted()
    return {
      kind: 'looked',
      look: {
        head,
        index: staged,
        files,
        committed: files === headTree && staged === headTree && intentToAdd.length === 0,
        notes: {
          intentToAdd: sorted(intentToAdd),
          assumeUnchanged: sorted(away.assumeUnchanged),
          skipWorktree: sorted(skipped.filter((path) => !missing.has(path))),
          filtered: sorted(filtered),
        },
      },
    }
  })
}

async function missingAmong(index: PrivateIndex, paths: readonly RepoPath[]): Promise<readonly RepoPath[]> {
  const gone = new Set(asPaths(await listed(index, index.run(command('ls-files', '--deleted', '-z')))))
  return paths.filter((path) => gone.has(path))
}

/** Puts the files into the index; a sentence when one of them cannot be read. */
async function keepFiles(index: PrivateIndex, all: readonly RepoPath[], filtered: ReadonlySet<RepoPath>): Promise<string | null> {
  for (const [add, paths] of [
    [index.changeRaw, all.filter((path) => !filtered.has(path))],
    [index.change, all.filter((path) => filtered.has(path))],
  ] as const) {
    if (paths.length === 0) continue
    const ended = await add(ADD, { stdin: listOf(paths) })
    if (ended.code !== 0)
      return `Git could not keep every file: ${reasonIn(ended, 'Make it readable, or remove it, then try again.')}`
  }
  return null
}
