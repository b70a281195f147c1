/**
 * Takes back what a git that was stopped on the way from one commit to a later one left in the files and the index of a checkout. Touches
 * only paths that differ between the two, and none of them when one is somebody's. Content tells: of either commit, or the beginning of a file.
 */

import { lstat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { removeEmptyFolder } from '../kit/remove-folder.ts'
import { command } from './argv.ts'
import { originalHead } from './astray.ts'
import { type Checkout, read, write, writeFiles } from './checkout.ts'
import { GitError, unexpected } from './failure.ts'
import { changedSince, notBegun } from './half-moved.ts'
import { type Entry, indexChanges, lineFor, treeChanges } from './index-lines.ts'
import { listOf, lookedAway } from './look.ts'
import type { Oid, RepoPath } from './names.ts'
import { gitDirOf } from './places.ts'
import { foldersAmong, presentAmong, takeAway } from './presence.ts'
import { withPrivateIndex } from './private-index.ts'
import { currentBranch, headOf } from './refs.ts'
import type { Git } from './run.ts'
import { lockedOut, STALE_MS, waitForLock } from './stale-locks.ts'

export type TakenBack =
  /** Nothing of the move is there. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'taken-back' }
  /** These are somebody's; everything was left as it is. */
  | { readonly kind: 'mixed'; readonly files: readonly RepoPath[] }

type Move = { readonly branch: string; readonly from: Oid; readonly to: Oid }

/** A little longer than a lock, or an index, is taken for that of a git at work. */
const PATIENCE_MS = STALE_MS + 2000
const LOOK_MS = 200

const NOTHING: TakenBack = { kind: 'nothing' }

/**
 * To be asked when a move of the checkout did not come to its end just now, and the files of the move were nobody's before it. `stopped`: git
 * was, and may have left its lock; otherwise it refused, or failed. Throws a `GitError` when another git holds the index.
 */
export async function takeBackMove(git: Git, there: Checkout, move: Move, stopped: boolean): Promise<TakenBack> {
  if (!(await isAtStart(git, there, move))) return NOTHING
  // A lock that made git refuse is no reason to wait.
  if (!stopped && isNothing(await examine(git, there, move))) return NOTHING
  await awaitLocks(there, move)
  if (!(await isAtStart(git, there, move))) return NOTHING
  return conclude(git, there, await examine(git, there, move))
}

/**
 * The same for a move that may have been begun at any time before, by a Sluice that is gone: git has noted that it was to leave `from`,
 * something is as `to` has it, and the index is at rest.
 */
export async function takeBackEarlierMove(git: Git, there: Checkout, move: Move): Promise<TakenBack> {
  const isFound = async (): Promise<boolean> =>
    (await originalHead(git, there)) === move.from &&
    (await isAtStart(git, there, move)) &&
    (await examine(git, there, move)).isBegun
  if (!(await isFound())) return NOTHING
  await awaitLocks(there, move)
  return (await isAtRest(there)) && (await isFound()) ? conclude(git, there, await examine(git, there, move)) : NOTHING
}

async function isAtStart(git: Git, there: Checkout, { branch, from }: Move): Promise<boolean> {
  return (await currentBranch(git, there)) === branch && (await headOf(git, there)) === from
}

/** The other locks of a merge are in the way of the next one only. */
async function awaitLocks(there: Checkout, { branch }: Move): Promise<void> {
  const gitDir = await gitDirOf(there.path)
  if (gitDir === null) throw new GitError('folder-missing', `The folder ${there.path} is no checkout any more.`)
  const lock = join(gitDir.own, 'index.lock')
  if (!(await waitForLock(there, lock, PATIENCE_MS))) throw new GitError('failed', lockedOut(lock))
  for (const name of ['ORIG_HEAD.lock', 'HEAD.lock']) await waitForLock(there, join(gitDir.own, name), PATIENCE_MS)
  await waitForLock(there, join(gitDir.common, 'refs/heads', `${branch}.lock`), PATIENCE_MS)
}

/** Waits, a little, until nobody has written the index for a while: between that and its new HEAD a merge holds no lock to be seen. */
async function isAtRest(there: Checkout): Promise<boolean> {
  const gitDir = await gitDirOf(there.path)
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const entry = gitDir === null ? null : await lstat(join(gitDir.own, 'index')).catch(() => null)
    if (entry === null || Math.abs(Date.now() - entry.mtimeMs) >= STALE_MS) return true
    if (performance.now() >= until) return false
    await setTimeout(LOOK_MS)
  }
}

type Examined = {
  /** What the index must have again. */
  readonly entries: readonly Entry[]
  /** Files that the first commit has, and files that it does not have. */
  readonly back: readonly RepoPath[]
  readonly away: readonly RepoPath[]
  /** Left out of the checkout by the user's wish. */
  readonly skipped: readonly RepoPath[]
  readonly foreign: readonly RepoPath[]
  /** True when something is as the second commit has it, or the beginning of that. A file that is only missing says nothing. */
  readonly isBegun: boolean
}

async function examine(git: Git, there: Checkout, { from, to }: Move): Promise<Examined> {
  const changes = new Map((await treeChanges((asked) => read(git, there, asked), from, to)).map((one) => [one.path, one]))
  return withPrivateIndex(git, there, async (index) => {
    const staged = (await indexChanges((asked) => index.run(asked), from)).filter(({ path }) => changes.has(path))
    const isOurs = ({ path, after, isUnmerged }: (typeof staged)[number]): boolean => {
      const wanted = changes.get(path)?.after
      return !isUnmerged && wanted?.mode === after.mode && wanted.oid === after.oid
    }
    const added = [...changes.values()].filter(({ before }) => before.mode === null).map(({ path }) => path)
    const isAdded = new Set(added)
    const removed = [...changes.values()].filter(({ after }) => after.mode === null).map(({ path }) => path)
    const unlikeFirst = [...(await changedSince(index, from)), ...(await presentAmong(there, added, new Set(removed)))].filter(
      (path) => changes.has(path),
    )
    const { skipWorktree } = await lookedAway(index)
    const unlikeSecond = new Set([...(await changedSince(index, to)), ...(await presentAmong(there, removed, isAdded))])
    const unlikeBoth = unlikeFirst.filter((path) => unlikeSecond.has(path))
    const notOfSecond = await notBegun(git, there, index, unlikeBoth)
    // Whoever took it back before may have been stopped, too.
    if (notOfSecond.length > 0) await changedSince(index, from)
    const foreign = await notBegun(git, there, index, notOfSecond)
    return {
      entries: staged.map(({ path, before }) => ({ path, side: before })),
      back: unlikeFirst.filter((path) => !isAdded.has(path)),
      away: unlikeFirst.filter((path) => isAdded.has(path)),
      skipped: skipWorktree.filter((path) => staged.some((one) => one.path === path)) as RepoPath[],
      foreign: [...new Set([...foreign, ...staged.filter((one) => !isOurs(one)).map(({ path }) => path)])].toSorted(),
      isBegun:
        staged.some(isOurs) ||
        unlikeFirst.length > unlikeBoth.length ||
        (await presentAmong(there, unlikeBoth, new Set())).some((path) => !foreign.includes(path)),
    }
  })
}

const isNothing = ({ entries, back, away }: Examined): boolean => entries.length + back.length + away.length === 0

async function conclude(git: Git, there: Checkout, found: Examined): Promise<TakenBack> {
  if (isNothing(found)) return NOTHING
  const { entries, back, away, skipped, foreign, isBegun } = found
  if (foreign.length > 0) return isBegun ? { kind: 'mixed', files: foreign } : NOTHING
  // The index first, as files are written from it; what leaves it first, as it may be in the place of a folder.
  const lines = [...entries].sort((a, b) => Number(a.side.mode !== null) - Number(b.side.mode !== null)).map(lineFor)
  const doing = `put the files in ${there.path} back`
  await feed(write, command('update-index', '-z', '--index-info'), lines)
  await feed(write, command('update-index', '--skip-worktree', '-z', '--stdin'), [listOf(skipped)])
  for (const path of away) await takeAway(there, path)
  // What they say of the other files is read from the folder.
  const isRule = (path: RepoPath): boolean => basename(path) === '.gitattributes'
  // Git would take a folder away with all that is in it.
  for (const path of back) await removeEmptyFolder(join(there.path, path))
  const folders = new Set((await foldersAmong(there, back)).map(({ path }) => path))
  const free = back.filter((path) => !folders.has(path))
  for (const paths of [free.filter(isRule), free.filter((path) => !isRule(path))])
    await feed(writeFiles, command('checkout-index', '--force', '-u', '-z', '--stdin'), [listOf(paths)])
  return { kind: 'taken-back' }

  async function feed(run: typeof write, given: ReturnType<typeof command>, input: readonly Buffer[]): Promise<void> {
    const stdin = Buffer.concat(input)
    if (stdin.length === 0) return
    const ended = await run(git, there, given, { stdin })
    if (ended.code !== 0) throw unexpected(doing, ended)
  }
}
