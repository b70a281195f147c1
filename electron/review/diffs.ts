/** What a session changed, as a list of files and as unified diffs: of every side, with what is viewed and whose each file is. */

import type { Answer } from '../../shared/contract.ts'
import type { DiffFile, DiffOf } from '../../shared/model/diff.ts'
import { matcherOf } from '../../shared/model/globs.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { diffPatch } from '../git/diff-patch.ts'
import { attempt } from '../git/failure.ts'
import type { Git } from '../git/run.ts'
import { isSharedName } from './diffs-kinds.ts'
import { type Listed, listingOf, namesOf } from './listing.ts'
import { viewedPaths } from './marks.ts'
import type { Reviewed } from './reviewed.ts'
import { type Loaded, loaded } from './spans.ts'

/** A unified diff larger than this is cut where a file ends, and says so: it is one message, and turning it into JSON holds up every keystroke. */
const MAX_PATCH_BYTES = 4 * 1024 * 1024

export type DiffFailure = 'worktree-missing' | 'git-failed' | 'no-such-work'

/** Runs what asks git; gives its answer, or a refusal with a sentence. */
export async function answered<Value, F extends string>(
  { worktree }: Reviewed,
  work: () => Promise<Result<Value, F>>,
): Promise<Result<Value, F | 'worktree-missing' | 'git-failed'>> {
  const done = await attempt(work)
  if (done.ok) return done.value
  if (done.failure.code === 'git-failed') return fail('git-failed', done.failure.message)
  return fail('worktree-missing', `The worktree ${worktree.path} is missing. Move it back there to see its changes.`)
}

type Seen = { readonly list: Loaded<readonly Listed[]>; readonly viewed: ReadonlySet<string> }

/** The files of a side as they are shown: of `unviewed` only those that are not viewed. */
async function seen(git: Git, reviewed: Reviewed, of: DiffOf, blanks: boolean): Promise<Result<Seen, 'no-such-work'>> {
  const found = await listingOf(git, reviewed, of, blanks)
  if (!found.ok) return found
  const list = found.value
  const viewed = await viewedPaths(git, reviewed, of, list.value, reviewed.marks)
  if (of !== 'unviewed') return ok({ list, viewed })
  return ok({ list: { ...list, value: list.value.filter(({ path }) => !viewed.has(path)) }, viewed })
}

function groupIn(scope: readonly string[]): (path: string) => DiffFile['group'] {
  const owns = scope.length === 0 ? () => true : matcherOf(scope)
  return (path) => (owns(path) ? (isSharedName(path) ? 'shared' : undefined) : 'out-of-scope')
}

function shown({ from, to, ...file }: Listed, viewed: boolean, group: DiffFile['group']): DiffFile {
  const modes = from !== null && to !== null && from.mode !== to.mode ? ([from.mode, to.mode] as const) : undefined
  return { ...file, viewed, ...(group === undefined ? {} : { group }), ...(modes === undefined ? {} : { modes }) }
}

/** The changed files with their counts. */
export function listChanges(git: Git, reviewed: Reviewed, of: DiffOf, blanks = true): Promise<Answer<'diff.files'>> {
  return answered(reviewed, async () => {
    const done = await seen(git, reviewed, of, blanks)
    if (!done.ok) return done
    const { list, viewed } = done.value
    const groupOf = groupIn(reviewed.scope)
    const files = list.value.map((file) => shown(file, viewed.has(file.path), groupOf(file.path)))
    const said = [list.note, of === 'uncommitted' ? reviewed.trouble() : null].filter((text) => text != null)
    return ok({ base: list.base, head: list.head, files, ...(said.length === 0 ? {} : { note: said.join(' ') }) })
  })
}

/** The paths that a unified diff is limited to; null: it has every file. Old names of what was moved are among them. */
async function wantedPaths(
  git: Git,
  reviewed: Reviewed,
  of: DiffOf,
  { paths, blanks }: { readonly paths: readonly string[] | undefined; readonly blanks: boolean },
): Promise<Result<readonly string[] | null, 'no-such-work'>> {
  if (paths === undefined && of !== 'unviewed') return ok(null)
  const done = await seen(git, reviewed, of, blanks)
  if (!done.ok) return done
  const named = paths === undefined ? null : new Set(paths)
  const files = done.value.list.value.filter(({ path }) => named?.has(path) !== false)
  return ok([...new Set(files.flatMap(namesOf))])
}

/** The unified diff of the named files, or of all. */
export function readPatch(
  git: Git,
  reviewed: Reviewed,
  of: DiffOf,
  paths: readonly string[] | undefined,
  blanks = true,
): Promise<Answer<'diff.patch'>> {
  return answered(reviewed, async () => {
    const wanted = await wantedPaths(git, reviewed, of, { paths, blanks })
    if (!wanted.ok) return wanted
    const only = wanted.value === null ? {} : { paths: wanted.value }
    const done = await loaded(git, reviewed, of, {
      label: JSON.stringify(['patch', blanks, wanted.value]),
      from: (compared) => diffPatch(git, reviewed.worktree, { ...compared, blanks, ...only, maxBytes: MAX_PATCH_BYTES }),
      bytesOf: ({ patch }) => 2 * patch.length,
    })
    return done.ok ? ok({ ...done.value.value, head: done.value.head }) : done
  })
}
