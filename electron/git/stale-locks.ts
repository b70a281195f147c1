/**
 * A lock that a killed git left behind keeps every later one out. It is taken away only when it is old and certainly nobody's;
 * otherwise it is waited for, a little. Knows which commands may simply be given again.
 */

import { lstat, readdir, readFile, readlink, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { processStart } from '../kit/processes.ts'
import type { Checkout } from './checkout.ts'
import { gitDirOf, isBelow, realPathOf } from './places.ts'

const LOCKS: ReadonlySet<string> = new Set(['index.lock', 'HEAD.lock', 'ORIG_HEAD.lock', 'packed-refs.lock', 'config.lock'])
const OF_A_REF = /\/refs\/.+\.lock$/u
/** Of a ref that only we and the session's own git move. */
const OWN_REF = /\/refs\/(?:heads\/sluice|sluice)\/.+\.lock$/u
const isKnown = (lock: string): boolean => LOCKS.has(basename(lock)) || OF_A_REF.test(lock)
/** A lock that is younger than this may be that of a git that has not been seen yet. */
export const STALE_MS = 10_000
/** Who works at a ref of ours is seen by its folder. */
export const OWN_STALE_MS = 1000
const PATIENCE_MS = 3000
const LOOK_MS = 100
/** Every process is looked at each time. */
const AGEING_LOOK_MS = 500

/** Commands that do all or nothing of what they are for: after one that met a lock, the same one again is the same. */
const REPEATABLE: ReadonlySet<string> = new Set(['update-ref', 'symbolic-ref', 'switch', 'read-tree', 'update-index', 'config'])
const REPEATABLE_OF_WORKTREE: ReadonlySet<string> = new Set(['lock', 'unlock', 'remove', 'repair'])

/** Takes the arguments of a command; true when it may be given again after it met a lock. Pure. */
export function isRepeatable(args: readonly string[]): boolean {
  const [verb = '', what = ''] = args.filter((argument, at) => !argument.startsWith('-') && args[at - 1] !== '-c')
  if (verb === 'merge') return args.includes('--ff-only')
  return verb === 'worktree' ? REPEATABLE_OF_WORKTREE.has(what) : REPEATABLE.has(verb)
}

/** Takes what git wrote; gives the lock that was in its way, or null. Pure. */
export function lockInTheWay(stderr: string): string | null {
  const path = /(?:Unable to create|could not lock config file|Unable to lock) '?(?<path>\/[^'\n:]+?)'?: File exists/u.exec(
    stderr,
  )?.groups?.['path']
  if (path === undefined) return null
  const lock = path.endsWith('.lock') ? path : `${path}.lock`
  return isKnown(lock) ? lock : null
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'latin1').catch(() => '')
}

/** Whether this process could be writing there. What cannot be looked into could. */
async function couldWorkAt(pid: string, lock: string, places: readonly string[]): Promise<boolean> {
  const files = await readdir(`/proc/${pid}/fd`).catch(() => null)
  for (const file of files ?? []) if ((await readlink(`/proc/${pid}/fd/${file}`).catch(() => '')) === lock) return true
  if (!(await textOf(`/proc/${pid}/comm`)).startsWith('git')) return false
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => null)
  // One that has ended, and that nobody has asked about yet, has neither.
  if (files === null || cwd === null) return (await processStart(Number(pid))) !== null
  if (places.some((place) => cwd === place || isBelow(cwd, place))) return true
  // `git -C PATH`, GIT_DIR=PATH.
  const words = `${await textOf(`/proc/${pid}/cmdline`)}\0${await textOf(`/proc/${pid}/environ`)}`
  return places.some((place) => words.includes(Buffer.from(place).toString('latin1')))
}

/** True when some process may be at work on the repository; also wherever that cannot be told. */
async function isAtWork(checkout: Checkout, lock: string): Promise<boolean> {
  const gitDir = await gitDirOf(checkout.path)
  if (process.platform !== 'linux' || gitDir === null) return true
  const registered = await readdir(join(gitDir.common, 'worktrees')).catch(() => [])
  const linked = await Promise.all(registered.map((name) => textOf(join(gitDir.common, 'worktrees', name, 'gitdir'))))
  const found = [checkout.path, gitDir.common, dirname(gitDir.common), ...linked.map((path) => dirname(path.trim()))]
  const places = (await Promise.all(found.map(realPathOf))).filter((place) => place !== null && place !== '/')
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name) && name !== String(process.pid))
  for (const pid of pids)
    if (
      await couldWorkAt(
        pid,
        lock,
        places.filter((place) => place !== null),
      )
    )
      return true
  return false
}

/** True when the lock is a plain file in the git folders of the very repository. */
async function isOfRepository(checkout: Checkout, lock: string): Promise<boolean> {
  const gitDir = await gitDirOf(checkout.path)
  const folder = await realPathOf(dirname(lock))
  return gitDir !== null && folder !== null && (folder === gitDir.common || isBelow(folder, gitDir.common))
}

/** Takes away a lock that is old and nobody's; gives true when it is not there any more. */
export async function clearStaleLock(checkout: Checkout, lock: string): Promise<boolean> {
  const entry = await lstat(lock).catch(() => null)
  if (entry === null) return true
  const age = Date.now() - Math.max(entry.mtimeMs, entry.ctimeMs)
  if (!entry.isFile() || age < (OWN_REF.test(lock) ? OWN_STALE_MS : STALE_MS) || !isKnown(lock)) return false
  if (!(await isOfRepository(checkout, lock)) || (await isAtWork(checkout, lock))) return false
  // Between the two looks somebody may have taken it, and another be in its place.
  const now = await lstat(lock).catch(() => null)
  if (now === null) return true
  if (now.ino !== entry.ino || now.mtimeMs !== entry.mtimeMs) return false
  await unlink(lock).catch(() => undefined)
  return (await lstat(lock).catch(() => null)) === null
}

/** True for a lock that will go as nobody's, soon: only its age keeps it. */
async function isAgeing(checkout: Checkout, lock: string): Promise<boolean> {
  const entry = await lstat(lock).catch(() => null)
  const age = entry === null ? 0 : Date.now() - Math.max(entry.mtimeMs, entry.ctimeMs)
  return age >= 0 && age < STALE_MS && (await isOfRepository(checkout, lock)) && !(await isAtWork(checkout, lock))
}

/** Waits until the lock is gone, by itself or as nobody's; false when it stays. One that nobody holds is given the time to grow old. */
export async function waitForLock(checkout: Checkout, lock: string, patienceMs = PATIENCE_MS): Promise<boolean> {
  const until = performance.now() + patienceMs
  const latest = performance.now() + STALE_MS + patienceMs
  for (;;) {
    if (await clearStaleLock(checkout, lock)) return true
    const now = performance.now()
    if (now >= latest || (now >= until && !(await isAgeing(checkout, lock)))) return false
    await setTimeout(now < until ? LOOK_MS : AGEING_LOOK_MS)
  }
}

/** The sentence for a lock that stays. */
export function lockedOut(lock: string): string {
  return `Another git seems to be at work in the repository: it holds ${lock}. Wait for it to end and try again. If there is none, delete that file.`
}
