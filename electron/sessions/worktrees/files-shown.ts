/** The files of a worktree whose review is on show: which of them were touched since somebody took note. Starts git once, for the folders. */

import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Checkout } from '../../git/checkout.ts'
import { parseRepoPath, type RepoPath } from '../../git/names.ts'
import type { Git } from '../../git/run.ts'
import { statusOfPaths } from '../../git/touched.ts'
import { createFilesWatch } from './files-watch.ts'

export type FilesShown = {
  readonly path: string
  isWatched(): boolean
  /** True when no file lies where nobody watches: in a repository inside the worktree. */
  isComplete(): boolean
  /** Another number after each touch, and after whatever else may have changed a file. */
  version(): number
  /** How many times something was touched that is not ignored. */
  edits(): number
  trouble(): string | null
  /** Everything may be another one. */
  touchedAll(): void
  /** Hands over what was touched since the last time; null: more than is worth naming, or what no list of names says. */
  take(): readonly RepoPath[] | null
  /** What git said of the names that were handed over; null where it was asked about everything. Folders that are new are watched from then on. */
  learn(said: Said | null): Promise<void>
  close(): void
}

type Said = { readonly folders: readonly RepoPath[]; readonly ignored: readonly RepoPath[] }

/** So many are looked at one by one; more are looked at all together. */
const MOST_PATHS = 200
/** A rule for many files: what they say of one file, no look at other files tells. */
const RULES = /(?:^|\/)\.git(?:ignore|attributes|modules)$/u

/** More names of ignored files are not remembered. */
const MOST_IGNORED = 10_000

/** Never the same number twice: what was loaded of the files when they were on show before may be another thing now. */
let latest = 0

/** `touched`: there is something to take. `ready`: from now on every touch is heard; what was before must be looked at. */
export function createFilesShown(
  git: Git,
  checkout: Checkout,
  { touched, ready }: { touched(): void; ready(): void },
): FilesShown {
  let state: 'starting' | 'watched' | 'over' = 'starting'
  let trouble: string | null = null
  let version = (latest += 1)
  let edits = 0
  let several = false
  let hasInner = false
  /** Names that nobody has looked at for new folders; null: there were too many. */
  let unexplored: Set<RepoPath> | null = new Set()
  const paths = new Set<RepoPath>()
  const ignored = new Set<string>()

  const watch = createFilesWatch(checkout.path, {
    heard(name) {
      const path = parseRepoPath(name)
      if (ignored.has(name)) return
      version = latest += 1
      const isOne = path !== null && paths.size < MOST_PATHS
      if (isOne) unexplored?.add(path)
      else unexplored = null
      if (isOne && !RULES.test(name)) paths.add(path)
      else several = true
      if (RULES.test(name)) ignored.clear()
      touched()
    },
    lost(error) {
      state = 'over'
      trouble = troubleOf(error)
    },
  })

  function ignore(names: readonly string[]): void {
    if (ignored.size + names.length > MOST_IGNORED) ignored.clear()
    for (const name of names) ignored.add(name)
  }

  /** Watches these folders and what is in them; those that hold nothing yet too. */
  async function explore(folders: readonly RepoPath[]): Promise<void> {
    const { changes, ignored: names } = await statusOfPaths(git, checkout, folders)
    ignore(names)
    if (changes.some(({ path }) => path.endsWith('/'))) hasInner = true
    const leftOut = new Set([...names, ...changes.map(({ path }) => path.replace(/\/$/u, ''))])
    for (const folder of folders.length === 0 ? [''] : folders) await watch.addBelow(folder, leftOut)
  }

  async function start(): Promise<void> {
    if ((await lstat(join(checkout.path, '.gitmodules')).catch(() => null)) !== null) hasInner = true
    await explore([])
    if (state !== 'starting') return
    state = 'watched'
    ready()
  }
  start().catch((error: unknown) => {
    if (state !== 'over') trouble = troubleOf(error)
    state = 'over'
    watch.close()
  })

  async function newFolders(names: readonly RepoPath[]): Promise<readonly RepoPath[]> {
    const kinds = await Promise.all(
      names.map((name) => (watch.has(name) ? null : lstat(join(checkout.path, name)).catch(() => null))),
    )
    return names.filter((_name, at) => kinds[at]?.isDirectory() === true)
  }

  return {
    path: checkout.path,
    isWatched: () => state === 'watched',
    isComplete: () => state === 'watched' && !hasInner,
    version: () => version,
    edits: () => edits,
    trouble: () => trouble,
    touchedAll() {
      version = latest += 1
      several = true
      // A file may have been added although a rule ignores it.
      ignored.clear()
    },
    take() {
      const taken = several ? null : [...paths]
      if (several || paths.size > 0) edits += 1
      several = false
      paths.clear()
      return taken
    },
    async learn(said) {
      const names = unexplored
      if (said === null && state === 'starting') return
      unexplored = new Set()
      const before = watch.size()
      if (said !== null) {
        ignore(said.ignored)
        for (const folder of said.folders) await watch.addBelow(folder, ignored)
      } else {
        const fresh = names === null ? [] : await newFolders([...names])
        if (names === null || fresh.length > 0) await explore(fresh)
      }
      // What came into them before they were watched was not heard.
      if (watch.size() === before || state !== 'watched') return
      if (said === null) several = true
      else for (const folder of said.folders) paths.add(folder)
      version = latest += 1
      touched()
    },
    close() {
      state = 'over'
      watch.close()
    },
  }
}

function troubleOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  const why =
    code === 'ENOSPC' || code === 'EMFILE' ? 'the system allows no more watches of folders' : 'its folders could not be watched'
  const what = code === 'ENOSPC' ? ' Raise fs.inotify.max_user_watches to change that.' : ''
  return `Edits of files that are not committed are shown when the session says something, not at once: ${why}.${what}`
}
