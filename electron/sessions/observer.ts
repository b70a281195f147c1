/** Asks git what is in a session's worktree: when something happened there, never on a timer while all is quiet. */

import { watch, type FSWatcher } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Checkout } from '../git/checkout.ts'
import { diffFiles } from '../git/diff.ts'
import { GitError } from '../git/failure.ts'
import type { Oid } from '../git/names.ts'
import { aheadBehind, branchHead, mergeBase } from '../git/refs.ts'
import type { Git } from '../git/run.ts'
import { status as statusOf } from '../git/status.ts'
import { HANDOFF_FILE, isOwnHandoff, withoutHandoff } from '../../shared/model/handoff.ts'
import { noteIn } from './handoff/note-file.ts'
import type { Work } from './view.ts'
import { whereaboutsOf, type Whereabouts } from './worktrees/whereabouts.ts'

/** `repository` is the main checkout: it still knows the branch when the worktree is gone. */
export type Observed = {
  readonly repository: Checkout
  readonly worktree: Checkout
  readonly branch: string
  readonly target: Oid | null
}

/** Takes where the worktree is and which branch is checked out there; gives what is wrong, and what can be done. */
export function whatIsWrong(
  where: Whereabouts,
  { path, branch, now }: { readonly path: string; readonly branch: string; readonly now: string | null },
): Pick<Work, 'problem' | 'repair'> {
  switch (where.kind) {
    case 'there':
      return now === branch ? {} : { problem: `Its worktree is on ${now} instead of ${branch}. Switch it back to go on.` }
    case 'no-worktree':
      return {
        problem: `The folder ${path} is no worktree of this repository any more; what was committed is on ${branch}. Move that folder away, then make the worktree again from its branch.`,
      }
    case 'gone': {
      const missing = `Its worktree ${path} is missing`
      if (where.movedTo !== null)
        return { problem: `${missing}: it was moved to ${where.movedTo}. Move it back, or go on there.`, repair: 'adopt' }
      if (where.branchAt !== null)
        return {
          problem: `${missing}, and ${branch} is checked out in ${where.branchAt}. Switch that to another branch to go on.`,
        }
      return {
        problem: `${missing}; its commits are on ${branch}. Move it back there, or make it again from its branch.`,
        repair: 'recreate',
      }
    }
  }
}

/** Takes a worktree, its branch and the target's head; gives what the user should know of it. Three or four git processes. */
export async function observe(git: Git, last: Work, observed: Observed): Promise<Work> {
  try {
    return await observeOnce(git, last, observed)
  } catch (error) {
    // Taken away between two of git's processes, or git ended from outside: that too is something to see, and no fault.
    const { repository, worktree, branch } = observed
    const stopped = error instanceof GitError && error.kind === 'stopped'
    if (!stopped && (await whereaboutsOf(repository, worktree.path, branch)).kind === 'there') throw error
    return observeOnce(git, last, observed)
  }
}

async function observeOnce(
  git: Git,
  { repair: _repair, handoff: _handoff, ...last }: Work,
  { repository, worktree, branch, target }: Observed,
): Promise<Work> {
  if (target === null) {
    return {
      ...last,
      problem: 'The target branch does not exist, so there is nothing to compare with. Choose another one in the settings.',
    }
  }
  const where = await whereaboutsOf(repository, worktree.path, branch)
  const status = where.kind === 'there' ? await statusOf(git, worktree) : null
  const onBranch = status?.branch === branch
  const head = onBranch && status.head !== null ? status.head : await branchHead(git, repository, branch)
  if (head === null)
    return { ...last, problem: `Its branch ${branch} is missing. Create it again at one of its commits to go on.` }
  const wrong = whatIsWrong(where, { path: worktree.path, branch, now: status === null ? null : (status.branch ?? 'no branch') })
  const base = await mergeBase(git, repository, target, head)
  const all =
    base === null ? [] : await diffFiles(git, onBranch ? worktree : repository, { from: base, to: onBranch ? 'worktree' : head })
  const changes = status?.changes ?? []
  const note = status === null ? 'none' : await noteIn(git, worktree, changes)
  const files = changes.some(isOwnHandoff) ? all.filter(({ path }) => path !== HANDOFF_FILE) : all
  return {
    head,
    ...(await aheadBehind(git, repository, head, target)),
    dirty: withoutHandoff(changes).length > 0,
    files: files.length,
    insertions: files.reduce((sum, file) => sum + file.insertions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    ...(note === 'own' ? { handoff: true } : {}),
    ...wrong,
  }
}

/** Events come in bursts: a commit touches a dozen files of the git folder. */
const SETTLE_MS = 150

export type Observer = {
  /** Something may have changed; looks soon, once for many calls. */
  poke(): void
  /** Looks now and gives what it saw. */
  look(): Promise<Work>
  /** Ends when no look is under way any more; what it then would have seen is told to nobody. */
  close(): Promise<void>
}

/**
 * Watches the worktree's own git folder (commits, staging, switching) and its place (removed, moved), and looks when poked.
 * `subject` is null where there is nothing to look at. `tell` hears every look whose answer differs from the last one; `failed` hears a fault.
 */
export function createObserver(
  git: Git,
  start: Work,
  gitDir: () => Promise<string | null>,
  subject: () => Observed | null,
  tell: (work: Work) => void,
  failed: (error: unknown) => void,
): Observer {
  let work = start
  let told = JSON.stringify(start)
  let timer: NodeJS.Timeout | undefined
  let running: Promise<Work> | null = null
  let closed = false
  /** By the folder that each one watches, which may be another one under the same name by now. */
  const watchers = new Map<string, { readonly watcher: FSWatcher; readonly inode: number }>()

  function drop(folder: string): void {
    watchers.get(folder)?.watcher.close()
    watchers.delete(folder)
  }

  function follow(folder: string, inode: number, names: readonly string[]): void {
    try {
      const watcher = watch(folder, (_event, name) => {
        // The folder itself went: what comes in its place may have the same inode.
        const itself = name === basename(folder)
        if (itself && watchers.get(folder)?.watcher === watcher) drop(folder)
        if (itself || name === null || names.includes(name)) poke()
      })
      watcher.on('error', () => drop(folder))
      watchers.set(folder, { watcher, inode })
    } catch {
      // No more watches are to be had: looks at changes of state and at the user's word must do.
    }
  }

  /** `index.lock` and friends come and go with every git command, ours too; what they leave behind has a name without “.lock”. */
  async function listen(path: string | undefined): Promise<void> {
    const own = path === undefined ? null : await gitDir()
    if (closed) return
    const wanted = new Map([
      ...(path === undefined
        ? []
        : ([
            [dirname(path), [basename(path)]],
            [path, ['.git']],
          ] as const)),
      ...(own === null ? [] : ([[own, ['HEAD', 'index', 'ORIG_HEAD']]] as const)),
    ])
    for (const folder of watchers.keys()) if (!wanted.has(folder)) drop(folder)
    for (const [folder, names] of wanted) {
      // A folder in which a process runs is not told to be gone before that has ended.
      const inode = await stat(folder).then(
        ({ ino }) => ino,
        () => null,
      )
      if (watchers.get(folder)?.inode !== inode) drop(folder)
      if (inode !== null && !closed && !watchers.has(folder)) follow(folder, inode, names)
    }
  }

  async function lookOnce(): Promise<Work> {
    const now = subject()
    await listen(now?.worktree.path)
    if (now === null) return work
    work = await observe(git, work, now)
    const text = JSON.stringify(work)
    if (!closed && text !== told) {
      told = text
      tell(work)
    }
    return work
  }

  async function look(): Promise<Work> {
    clearTimeout(timer)
    timer = undefined
    // A look under way may have read the past: wait for it, then look again.
    await running?.catch(() => undefined)
    if (closed) return work
    running = lookOnce()
    try {
      return await running
    } finally {
      running = null
    }
  }

  function poke(): void {
    if (closed || timer !== undefined) return
    timer = setTimeout(() => void look().catch((error: unknown) => (closed ? undefined : failed(error))), SETTLE_MS)
    timer.unref()
  }

  return {
    poke,
    look,
    async close() {
      closed = true
      clearTimeout(timer)
      for (const folder of watchers.keys()) drop(folder)
      await running?.catch(() => undefined)
    },
  }
}
