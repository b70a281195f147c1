/** What each side of a session's work is compared with. The target's own changes are never in it, wherever the branch or the target went meanwhile. */

import type { DiffOf } from '../../shared/model/diff.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { command, limitedTo } from '../git/argv.ts'
import { read } from '../git/checkout.ts'
import type { DiffSpan } from '../git/diff.ts'
import { GitError, unexpected } from '../git/failure.ts'
import { emptyTree, mergedTree, withTrialStore } from '../git/merge-tree.ts'
import { type Oid, parseOid, peeled, range, type RepoPath } from '../git/names.ts'
import { branchHead, mergeBase } from '../git/refs.ts'
import { replay, type Work } from '../git/replay.ts'
import type { Git } from '../git/run.ts'
import type { Reviewed } from './reviewed.ts'

/** What the work of a load is given. */
export type Compared = DiffSpan & { readonly head: Oid }

/** What was loaded, of which commits, and a sentence about that where it is not plain. */
export type Loaded<Value> = { readonly value: Value; readonly base: Oid; readonly head: Oid; readonly note?: string }

/** `label`: what is loaded, in the words of a key: with everything that it depends on besides the commits. */
export type Load<Value> = {
  readonly label: string
  from(compared: Compared): Promise<Value>
  bytesOf(value: Value): number
}

/** Where a session's branch is, and where it left the target; the branch itself where the two never met. */
export async function workOf(git: Git, reviewed: Reviewed, branch = reviewed.branch): Promise<Work> {
  const { worktree, at } = reviewed
  if (at !== undefined && branch === reviewed.branch) return at
  const head = await branchHead(git, worktree, branch)
  if (head === null) throw new GitError('failed', `The branch ${branch} is missing.`)
  return workAt(git, reviewed, head)
}

/** The same for a commit that the branch is at, or was. */
export async function workAt(git: Git, { worktree, target, loads }: Reviewed, head: Oid): Promise<Work> {
  if (target === null) return { base: head, head }
  const find = async (): Promise<Oid> => (await mergeBase(git, worktree, target, head)) ?? head
  return { base: await loads.once(`base ${worktree.path} ${target} ${head}`, find, () => 100), head }
}

type Noted<Value> = { readonly value: Value; readonly note?: string }

/** What one load goes through: the session, its work as it is now, and how it is kept. */
type Loading<Value> = {
  readonly git: Git
  readonly reviewed: Reviewed
  readonly now: Work
  /** Loads once for everything that is made of the same. */
  keep(made: string, load: () => Promise<Noted<Value>>): Promise<Noted<Value>>
  readonly from: Load<Value>['from']
}

/** Loads what that side compares, as it is now, or gives what was loaded of the same. Failure: the commit or the other session is not there. */
export async function loaded<Value>(
  git: Git,
  reviewed: Reviewed,
  of: DiffOf,
  { label, from, bytesOf }: Load<Value>,
): Promise<Result<Loaded<Value>, 'no-such-work'>> {
  const now = await workOf(git, reviewed)
  const { base, head } = now
  const { path, trusted } = reviewed.worktree
  const size = ({ value, note = '' }: Noted<Value>): number => bytesOf(value) + note.length
  const loading: Loading<Value> = {
    git,
    reviewed,
    now,
    from,
    keep: (made, load) => reviewed.loads.once(JSON.stringify([label, path, trusted, made]), load, size),
  }
  const plain = async (done: Promise<Noted<Value>>, from = base): Promise<Result<Loaded<Value>, never>> =>
    ok({ ...(await done), base: from, head })

  if (of === 'branch' || of === 'unviewed') return plain(wholeBranch(loading))
  if (of === 'looked') return plain(sinceLooked(loading))
  if (of === 'uncommitted') {
    const files = async (): Promise<Noted<Value>> => ({ value: await from({ from: head, to: 'worktree', head }) })
    const version = reviewed.version()
    return plain(version === null ? files() : loading.keep(`${head} files ${version}`, files), head)
  }
  if (of.startsWith('commit:')) {
    const done = await ofCommit(loading, parseOid(of.slice('commit:'.length)))
    return done.ok ? plain(Promise.resolve(done.value), done.value.parent) : done
  }
  const done = await against(loading, of.slice('against:'.length))
  return done.ok ? plain(Promise.resolve(done.value)) : done
}

function wholeBranch<Value>({ now: { base, head }, keep, from }: Loading<Value>): Promise<Noted<Value>> {
  return keep(`${base} ${head}`, async () => ({ value: await from({ from: base, to: head, head }) }))
}

async function sinceLooked<Value>(loading: Loading<Value>): Promise<Noted<Value>> {
  const { git, reviewed } = loading
  const { looked, worktree } = reviewed
  const all = async (note: string): Promise<Noted<Value>> => ({ ...(await wholeBranch(loading)), note })
  if (looked === null) return all('You have not looked at this work yet, so all of it is shown.')
  const ended = await read(git, worktree, command('cat-file', '-e', peeled(looked.head, 'commit')))
  if (ended.code !== 0) return all('Git has not kept the commit that you looked at, so all of the work is shown.')
  return sinceWork(loading, looked, (files) =>
    files.length === 0
      ? {}
      : {
          note: `The target changed ${listed(files)} in the same places as the work you looked at, so all that the session did there is shown, file by file.`,
        },
  )
}

async function against<Value>(loading: Loading<Value>, id: string): Promise<Result<Noted<Value>, 'no-such-work'>> {
  const { git, reviewed } = loading
  const other = reviewed.other(id)
  const head = other === null ? null : await branchHead(git, reviewed.worktree, other.branch)
  if (other === null || head === null)
    return fail('no-such-work', 'The other session is not there any more. Choose another one to compare with.')
  const theirs = await workOf(git, reviewed, other.branch)
  const noted = (files: readonly RepoPath[]): { readonly note: string } => {
    const said = `From the work of “${other.name}” to the work of “${reviewed.name}”, both as they would be on the same commit of the target.`
    const rest = ` The work of “${other.name}” could not be put there in ${listed(files)}: there all that “${reviewed.name}” did is shown.`
    return { note: files.length === 0 ? said : said + rest }
  }
  const done = await sinceWork(loading, theirs, (files) => noted(files))
  return ok(done)
}

/** From earlier or other work to the branch: where the two left the target at different commits, the first is put onto the base of the second. */
function sinceWork<Value>(
  { git, reviewed: { worktree }, now: { base, head }, keep, from }: Loading<Value>,
  before: Work,
  noted: (unmerged: readonly RepoPath[]) => { readonly note?: string },
): Promise<Noted<Value>> {
  const said = JSON.stringify(noted([]))
  if (before.base === base || before.head === head)
    return keep(`${before.head} ${head} ${said}`, async () => ({
      value: await from({ from: before.head, to: head, head }),
      ...noted([]),
    }))
  return keep(`${before.base} ${before.head} on ${base} ${head} ${said}`, () =>
    withTrialStore(git, worktree, async (env) => {
      const { tree, unmerged } = await replay(git, worktree, before, base, env)
      return { value: await from({ from: tree, to: head, head, env }), ...noted(unmerged) }
    }),
  )
}

async function ofCommit<Value>(
  { git, reviewed, now: { base, head }, keep, from }: Loading<Value>,
  commit: Oid | null,
): Promise<Result<Noted<Value> & { readonly parent: Oid }, 'no-such-work'>> {
  const { worktree, loads } = reviewed
  const list = (): Promise<ReadonlyMap<string, readonly Oid[]>> => parentsBetween(git, reviewed, base, head)
  const parents = await loads.once(`parents ${worktree.path} ${base} ${head}`, list, (found) => found.size * 200)
  const mine = commit === null ? undefined : parents.get(commit)
  if (commit === null || mine === undefined)
    return fail('no-such-work', `The commit is none of “${reviewed.name}” any more. Choose one of its commits.`)
  const [parent = emptyTree(commit), second, ...more] = mine
  const plain = async (): Promise<Noted<Value>> => ({ value: await from({ from: parent, to: commit, head }) })
  const merge = (other: Oid): Promise<Noted<Value>> =>
    // Compared with its first parent alone it would show all that came from the other side, the target's changes above all.
    withTrialStore(git, worktree, async (env) => {
      const { tree } = await mergedTree(git, worktree, [parent, other], env)
      const note = 'A merge: only what it has beyond what git would have merged by itself is shown.'
      return { value: await from({ from: tree, to: commit, head, env }), note }
    })
  const several = async (): Promise<Noted<Value>> => ({
    ...(await plain()),
    note: 'A merge of several branches, compared with the first of them.',
  })
  const load = second === undefined ? plain : more.length > 0 ? several : () => merge(second)
  return ok({ ...(await keep(`commit ${commit}`, load)), parent })
}

async function parentsBetween(
  git: Git,
  { worktree }: Reviewed,
  base: Oid,
  head: Oid,
): Promise<ReadonlyMap<string, readonly Oid[]>> {
  const ended = await read(git, worktree, limitedTo(command('rev-list', '--parents', range(base, head)), []))
  if (ended.code !== 0) throw unexpected('list the commits of a branch', ended)
  return new Map(
    ended.stdout
      .toString('latin1')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [commit = '', ...parents] = line.split(' ')
        return [commit, parents.map(parseOid).filter((oid) => oid !== null)] as const
      }),
  )
}

/** At most three names, then how many more. */
function listed(files: readonly RepoPath[]): string {
  const names = files.slice(0, 3).map((file) => `“${file}”`)
  return files.length > names.length ? `${names.join(', ')} and ${files.length - names.length} more` : names.join(', ')
}
