/** Looks at a session's worktree when something happened there, never on a timer while all is quiet. What a look sees is `observing.ts`. */

import { watch, type FSWatcher } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { GitError } from '../git/failure.ts'
import type { Oid, RepoPath } from '../git/names.ts'
import type { Git } from '../git/run.ts'
import { createJoined } from '../kit/joined.ts'
import { type Memory, observe, type Observed } from './observing.ts'
import { lookAtPaths, type PathsLook } from './observing-paths.ts'
import type { Work } from './view.ts'
import { createFilesShown, type FilesShown } from './worktrees/files-shown.ts'

/** Events come in bursts: a commit touches a dozen files of the git folder. */
const SETTLE_MS = 150

export type Observer = {
  /** Something may have changed; looks soon, once for many calls. */
  poke(): void
  /** Something in the worktree may have changed: looks soon, unless every change there is noticed anyway. */
  stir(): void
  /** Looks now and gives what it saw. */
  look(): Promise<Work>
  /** The worktree's files are on show: from now on every change of one of them is noticed. */
  show(): void
  /** They are not any more. */
  hide(): void
  /** Another number after each change; null while not every change is noticed. */
  version(): number | null
  /** Why changes of files are not noticed although they are on show; null when they are. */
  trouble(): string | null
  /** Where that commit left that one of the target, if the last look found it; null: it did not. */
  base(head: string, target: Oid): Oid | null
  /** Ends when no look is under way any more; what it then would have seen is told to nobody. */
  close(): Promise<void>
}

/**
 * Watches the worktree's own git folder (commits, staging, switching) and its place (removed, moved), and its files while they are on show;
 * looks when poked. `subject` is null where there is nothing to look at. `tell` hears every look whose answer differs from the last one;
 * `failed` hears a fault.
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
  let closed = false
  let shown: FilesShown | null = null
  /** The folder that is on show may be another one by now, under the same name. */
  let moved = false
  /** Of the times when the files were on show before. */
  let editsBefore = 0
  /** All may be another one, not only what the files on show tell. */
  let all = true
  /** The target at the last look that saw all. */
  let lookedFor: Oid | null = null
  const memory: Memory = { stood: null, seen: null }
  /** By the folder that each one watches, which may be another one under the same name by now. */
  const watchers = new Map<string, { readonly watcher: FSWatcher; readonly inode: number }>()
  let wanted = Infinity

  function drop(folder: string): void {
    watchers.get(folder)?.watcher.close()
    watchers.delete(folder)
  }

  function follow(folder: string, inode: number, names: readonly string[]): void {
    try {
      const watcher = watch(folder, (event, name) => {
        // The folder itself went: what comes in its place may have the same inode.
        const itself = name === basename(folder)
        if (itself && watchers.get(folder)?.watcher === watcher) drop(folder)
        if (!itself && name !== null && !names.includes(name)) return
        if (event === 'rename' && shown !== null && folder === dirname(shown.path)) moved = true
        shown?.touchedAll()
        soon('all')
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
    const places = new Map([
      ...(path === undefined
        ? []
        : ([
            [dirname(path), [basename(path)]],
            [path, ['.git']],
          ] as const)),
      ...(own === null
        ? []
        : ([
            [own, ['HEAD', 'index', 'ORIG_HEAD']],
            [join(own, 'logs'), ['HEAD']],
          ] as const)),
    ])
    wanted = places.size
    for (const folder of watchers.keys()) if (!places.has(folder)) drop(folder)
    for (const [folder, names] of places) {
      // A folder in which a process runs is not told to be gone before that has ended.
      const inode = await stat(folder).then(
        ({ ino }) => ino,
        () => null,
      )
      if (watchers.get(folder)?.inode !== inode) drop(folder)
      if (inode !== null && !closed && !watchers.has(folder)) follow(folder, inode, names)
    }
  }

  /** True while whatever changes is told by a watch, so that nobody else has to say so. */
  function isFollowed(): boolean {
    return shown?.isComplete() === true && watchers.size === wanted
  }

  async function lookOnce(): Promise<Work> {
    const now = subject()
    const isAll = all || now === null || now.target !== lookedFor || !isFollowed()
    const paths = shown?.take() ?? null
    all = false
    if (isAll) await listen(now?.worktree.path)
    if (now === null) {
      stopShowing()
      return work
    }
    if (moved && shown !== null) {
      stopShowing()
      startShowing(now)
    }
    const limited = isAll || paths === null ? null : await limitedLook(now, paths)
    work = limited?.work ?? (await observe(git, work, now, memory))
    lookedFor = now.target
    await shown?.learn(limited)
    const edits = editsBefore + (shown?.edits() ?? 0)
    if (edits > 0) work = { ...work, edits }
    const text = JSON.stringify(work)
    if (!closed && text !== told) {
      told = text
      tell(work)
    }
    return work
  }

  /** Null also where the worktree went meanwhile: only a look at all says what is wrong. */
  async function limitedLook(now: Observed, paths: readonly RepoPath[]): Promise<PathsLook | null> {
    try {
      return await lookAtPaths(git, work, now, { memory, paths })
    } catch (error) {
      if (error instanceof GitError) return null
      throw error
    }
  }

  const looks = createJoined(async () => {
    if (closed) return work
    try {
      return await lookOnce()
    } catch (error) {
      all = true
      throw error
    }
  })

  function next(): Promise<Work> {
    clearTimeout(timer)
    timer = undefined
    return looks.run()
  }

  function soon(what: 'all' | 'paths'): void {
    if (what === 'all') all = true
    if (closed || timer !== undefined) return
    timer = setTimeout(() => void next().catch((error: unknown) => (closed ? undefined : failed(error))), SETTLE_MS)
    timer.unref()
  }

  function startShowing({ worktree }: Observed): void {
    moved = false
    shown = createFilesShown(git, worktree, { touched: () => soon('paths'), ready: () => soon('all') })
  }

  function stopShowing(): void {
    editsBefore += shown?.edits() ?? 0
    shown?.close()
    shown = null
  }

  return {
    poke: () => soon('all'),
    stir() {
      if (!isFollowed()) soon('all')
    },
    look() {
      all = true
      return next()
    },
    show() {
      const now = subject()
      if (closed || now === null || shown?.path === now.worktree.path) return
      stopShowing()
      startShowing(now)
    },
    hide: stopShowing,
    version: () => (isFollowed() ? (shown?.version() ?? null) : null),
    trouble: () => shown?.trouble() ?? null,
    base(head, target) {
      const { stood } = memory
      return stood?.head === head && stood.target === target ? stood.standing.base : null
    },
    async close() {
      closed = true
      clearTimeout(timer)
      stopShowing()
      for (const folder of watchers.keys()) drop(folder)
      await looks.idle()
    },
  }
}
