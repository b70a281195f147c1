/** Asks git what is in a session's worktree: when something happened there, never on a timer while all is quiet. */

import { watch, type FSWatcher } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Checkout } from '../git/checkout.ts'
import { diffFiles } from '../git/diff.ts'
import type { Oid } from '../git/names.ts'
import { aheadBehind, branchHead, mergeBase } from '../git/refs.ts'
import type { Git } from '../git/run.ts'
import { status as statusOf } from '../git/status.ts'
import type { Work } from './view.ts'

export type Observed = { readonly worktree: Checkout; readonly branch: string; readonly target: Oid | null }

/** Takes a worktree, its branch and the target's head; gives what the user should know of it. Three or four git processes. */
export async function observe(git: Git, last: Work, { worktree, branch, target }: Observed): Promise<Work> {
  const exists = await stat(worktree.path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!exists) return { ...last, problem: `Its worktree ${worktree.path} is missing. Move it back there to go on.` }
  const status = await statusOf(git, worktree)
  const head = status.branch === branch ? status.head : await branchHead(git, worktree, branch)
  if (head === null) return { ...last, problem: `Its branch ${branch} is missing.` }
  const elsewhere =
    status.branch === branch ? undefined : `Its worktree is on ${status.branch ?? 'no branch'} instead of ${branch}.`
  const base = target === null ? null : await mergeBase(git, worktree, target, head)
  const distance = target === null ? { ahead: 0, behind: 0 } : await aheadBehind(git, worktree, head, target)
  const files =
    base === null ? [] : await diffFiles(git, worktree, { from: base, to: status.branch === branch ? 'worktree' : head })
  return {
    head,
    ...distance,
    dirty: status.changes.length > 0,
    files: files.length,
    insertions: files.reduce((sum, file) => sum + file.insertions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    ...(elsewhere === undefined ? {} : { problem: elsewhere }),
  }
}

/** Events come in bursts: a commit touches a dozen files of the git folder. */
const SETTLE_MS = 150

export type Observer = {
  /** Something may have changed; looks soon, once for many calls. */
  poke(): void
  /** Looks now and gives what it saw. */
  look(): Promise<Work>
  close(): void
}

/**
 * Watches the worktree's own git folder (commits, staging, switching) and looks when poked.
 * `tell` hears every look whose answer differs from the last one; `failed` hears a fault.
 */
export function createObserver(
  git: Git,
  start: Work,
  gitDir: string | null,
  subject: () => Observed,
  tell: (work: Work) => void,
  failed: (error: unknown) => void,
): Observer {
  let work = start
  let told = JSON.stringify(start)
  let timer: NodeJS.Timeout | undefined
  let running: Promise<Work> | null = null
  let closed = false
  let watcher: FSWatcher | null = null

  async function lookOnce(): Promise<Work> {
    work = await observe(git, work, subject())
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
    running = lookOnce()
    try {
      return await running
    } finally {
      running = null
    }
  }

  function poke(): void {
    if (closed || timer !== undefined) return
    timer = setTimeout(() => void look().catch(failed), SETTLE_MS)
    timer.unref()
  }

  if (gitDir !== null) {
    try {
      // `index.lock` and friends come and go with every git command, ours too; what they leave behind has a name without “.lock”.
      watcher = watch(gitDir, (_event, name) => {
        if (name === 'HEAD' || name === 'index' || name === 'ORIG_HEAD') poke()
      })
      watcher.on('error', () => watcher?.close())
    } catch {
      // The worktree is missing: the next look says so.
    }
  }

  return {
    poke,
    look,
    close() {
      closed = true
      clearTimeout(timer)
      watcher?.close()
    },
  }
}
