/**
 * Keeps one worktree of the repository ready in the background, so that a new session has its files at once. A claimed one is its
 * session's for good; one that is not exactly what it should be is discarded, never mended and never given to anybody.
 */

import { chmod, mkdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Checkout } from '../../git/checkout.ts'
import { discardWorktree } from '../../git/discard.ts'
import { GitError } from '../../git/failure.ts'
import { clearHalfMade } from '../../git/half-made.ts'
import { type Oid, parseOid } from '../../git/names.ts'
import { exists, realPathOf } from '../../git/places.ts'
import { branchIn, registrationIn } from '../../git/registrations.ts'
import type { Git } from '../../git/run.ts'
import {
  claimWarmWorktree,
  filesTracked,
  fillWarm,
  isStillWarm,
  isUntouched,
  isVacant,
  moveWarm,
  noteMove,
  registerWarm,
  relativeHooksPath,
  unsuited,
  warmAt,
  type WarmWorktree,
} from '../../git/warm-worktree.ts'
import type { Clock } from '../../kit/clock.ts'
import { watchFolder, type FolderWatch } from '../../kit/folder-watch.ts'
import type { Lane } from '../../kit/lane.ts'
import type { Log } from '../../kit/log.ts'
import type { Wanted } from '../creation.ts'
import type { Home } from '../sessions.ts'
import { processStart } from '../../kit/processes.ts'
import { forgetWarmNote, readWarmNote, writeWarmNote, type WarmNote } from './warm-note.ts'

export type WarmParts = {
  readonly git: Git
  readonly lane: Lane
  readonly clock: Clock
  readonly log: Log
  readonly dataDir: string
  /** The id of the repository. */
  readonly repository: string
  home(): Home
  /** True while something is on its way that should not be slowed down. */
  isBusy(): boolean
}

export type Warm = {
  /** Puts right what a killed Sluice left; to be awaited before anything else is made. */
  recover(): Promise<void>
  /** Something may have changed: looks soon whether a worktree should be made ready, and does so once all is quiet. */
  poke(): void
  /** Makes the wanted worktree of the one that is ready; false, and nothing done, where there is none that fits. In the repository's lane. */
  claim(wanted: Wanted): Promise<boolean>
  /** True for the one that is kept ready, and for what else lies in that folder. */
  isOurs(path: string): boolean
  /** Resolves when nothing is being made. */
  idle(): Promise<void>
  close(): Promise<void>
}

const FOLDER = '.sluice-warm'
const QUIET_MS = 1500
/** Fewer files than these are written before anybody notices. */
const MIN_FILES = 1000

type Ready = WarmWorktree & { readonly watch: FolderWatch | null }
type Making = {
  readonly commit: Oid
  readonly off: AbortController
  readonly done: Promise<void>
  /** It waits for its turn in the lane, or is there. */
  inLane: boolean
}

/** What git or the file system refuses is no fault: there is then no worktree ready, and the plain way says what is wrong. */
function isRefusal(error: unknown): error is Error {
  return error instanceof GitError || (error instanceof Error && 'syscall' in error)
}

export function createWarm(parts: WarmParts, { quietMs = QUIET_MS, minFiles = MIN_FILES } = {}): Warm {
  const { git, lane, clock, log, dataDir, repository } = parts
  const note = join(dataDir, 'warm', `${repository}.json`)
  let ready: Ready | null = null
  let making: Making | null = null
  let callOff: (() => void) | null = null
  let refused = false
  let closed = false
  const loose = new Set<Promise<unknown>>()

  const rootNow = (): string => parts.home().config.worktrees ?? `${parts.home().checkout.path}.worktrees`
  const folderNow = (): string => join(rootNow(), FOLDER)

  function background(work: Promise<unknown>): void {
    const safe = work.catch((error: unknown) => (isRefusal(error) ? log.info(error.message) : log.fault(error)))
    loose.add(safe)
    void safe.finally(() => loose.delete(safe))
  }

  async function noteNow(facts: Pick<WarmNote, 'path' | 'commit' | 'phase' | 'registration' | 'goal' | 'before'>): Promise<void> {
    await writeWarmNote(note, { ...facts, pid: process.pid, procStart: await processStart(process.pid) })
  }

  /**
   * Lets go of one that cannot be used. Where somebody put something into it, it stays where it is, and only we forget it.
   * `fresh`: it was untouched moments ago, and what it has is what git wrote. `before`: the commit that it was at before `commit`.
   */
  async function discard(path: string, commit: Oid, fresh: boolean, before?: string): Promise<void> {
    const { checkout } = parts.home()
    const root = rootNow()
    const there: Checkout = { path, trusted: checkout.trusted }
    const made = await registrationIn(path)
    const isFull = made !== null && (await exists(join(made.at, 'index')))
    const isItself = isFull && (made.head === commit || made.head === before) && (await isUntouched(git, there))
    if (isFull && !isItself && !fresh) {
      log.info('The worktree that was kept ready holds files of somebody; it was left as it is.', { path })
    } else if (made !== null && (isFull || fresh)) {
      await lane.run(checkout.path, async () => {
        const discarded = await discardWorktree(git, checkout, { path, root, madeByUs: true })
        if (discarded.kind === 'discarded') background(discarded.deleted)
        else log.info(discarded.message)
      })
    } else {
      const cleared = await lane.run(checkout.path, () =>
        clearHalfMade(git, checkout, { path, branch: null, from: commit, root }),
      )
      if (cleared.kind === 'kept') log.info(cleared.message)
    }
    await forgetWarmNote(note)
  }

  async function drop({ path, commit, watch }: Ready): Promise<void> {
    if (ready?.path === path) ready = null
    await watch?.close()
    await discard(path, commit, false)
  }

  /** Proves that a worktree with all its files is as it should be: watched first, looked at then. */
  async function prove(path: string, commit: Oid): Promise<Ready | null> {
    const { checkout } = parts.home()
    const watch = await watchFolder(path)
    const found = await warmAt(path, commit, await relativeHooksPath(git, checkout))
    const untouched = found !== null && (await isUntouched(git, { path, trusted: checkout.trusted }))
    if (found !== null && untouched && (watch === null || (await watch.isUntouched()))) return { ...found, watch }
    await watch?.close()
    return null
  }

  async function make(commit: Oid, mine: Making): Promise<void> {
    const { checkout } = parts.home()
    const { signal } = mine.off
    const old = ready
    if (old !== null && !(await isSound(old))) return drop(old)
    ready = null
    await old?.watch?.close()
    const folder = folderNow()
    const path = old?.path ?? join((await realPathOf(rootNow())) ?? rootNow(), FOLDER, crypto.randomUUID())
    await noteNow({ path, commit, phase: 'making', ...(old === null ? {} : { before: old.commit }) })
    const there: Checkout = { path, trusted: checkout.trusted }
    let filled = false
    try {
      if (old !== null) {
        filled = await moveWarm(git, there, commit, signal)
      } else {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await chmod(folder, 0o700)
        mine.inLane = true
        const registered = await lane.run(checkout.path, async () =>
          signal.aborted ? null : registerWarm(git, checkout, path, commit),
        )
        mine.inLane = false
        filled = registered?.ok === true && (await fillWarm(git, there, commit, signal))
      }
    } catch (error) {
      if (!isRefusal(error)) throw error
    } finally {
      mine.inLane = false
    }
    const proved = filled && !signal.aborted ? await prove(path, commit) : null
    if (proved === null || signal.aborted) {
      await proved?.watch?.close()
      // One that was given up for somebody in a hurry, or by a hook of its own, is not tried again and again.
      refused = refused || (filled && !signal.aborted)
      background(discard(path, commit, !filled, old?.commit))
      return
    }
    await noteNow({ path, commit, phase: 'made', registration: proved.registration })
    ready = proved
  }

  /** Takes up one that an earlier Sluice made ready. */
  async function takeUp({ path }: WarmNote, commit: Oid, { off: { signal } }: Making): Promise<void> {
    const proved = await prove(path, commit)
    if (proved === null) return discard(path, commit, false)
    await noteNow({ path, commit, phase: 'made', registration: proved.registration })
    if (signal.aborted) await proved.watch?.close()
    else ready = proved
  }

  function begin(commit: Oid, work: (mine: Making) => Promise<void>): void {
    const off = new AbortController()
    let told = (): void => undefined
    const mine: Making = { commit, off, inLane: false, done: new Promise<void>((resolve) => (told = resolve)) }
    making = mine
    background(
      work(mine).finally(() => {
        making = null
        told()
      }),
    )
  }

  async function look(): Promise<void> {
    const { checkout, config, target } = parts.home()
    if (closed || making !== null) return
    if (!config.warm || !checkout.trusted) {
      if (ready !== null) await drop(ready)
      return
    }
    if (target === null || refused || (ready !== null && ready.commit === target.head)) return
    if (parts.isBusy()) return poke()
    if ((await filesTracked(checkout)) < minFiles) return
    const why = await unsuited(git, checkout)
    if (why !== null) {
      refused = true
      log.info(`No worktree is kept ready: ${why}.`)
      if (ready !== null) await drop(ready)
      return
    }
    const { head } = target
    if (!closed && making === null) begin(head, (mine) => make(head, mine))
  }

  function poke(): void {
    if (closed || callOff !== null) return
    callOff = clock.after(quietMs, () => {
      callOff = null
      background(look())
    })
  }

  /** The ready one, when it is being made of the very commit; otherwise what is being made gives way. */
  async function settle(from: Oid): Promise<void> {
    const now = making
    if (now === null) return
    if (now.commit !== from || now.inLane) {
      now.off.abort()
      // Whoever waits for the lane that we are in would wait for ever.
      if (!now.inLane) await now.done
    } else {
      await now.done
    }
  }

  /** True when what is in memory, in our note and on disk is one and the same, and nobody touched it. */
  async function isSound(mine: Ready): Promise<boolean> {
    const { checkout } = parts.home()
    const written = await readWarmNote(note)
    if (written?.phase !== 'made' || written.path !== mine.path || written.pid !== process.pid) return false
    if (!(await isStillWarm(checkout, mine))) return false
    return mine.watch === null ? isUntouched(git, { path: mine.path, trusted: checkout.trusted }) : mine.watch.isUntouched()
  }

  async function claim({ path, branch, from }: Wanted): Promise<boolean> {
    const { checkout, target } = parts.home()
    await settle(from)
    const mine = ready
    // Bringing it to any other commit may cost more than making one.
    poke()
    if (closed || mine === null || (from !== mine.commit && from !== target?.head)) return false
    ready = null
    if (!(await isVacant(checkout, path))) {
      ready = mine
      return false
    }
    if (!(await isSound(mine))) {
      background(drop(mine))
      return false
    }
    await noteNow({ path: mine.path, commit: mine.commit, phase: 'claimed', registration: mine.registration, goal: path })
    background(mine.watch?.close() ?? Promise.resolve())
    const claimed = await claimWarmWorktree(git, checkout, mine, { path, branch, from })
    if (!claimed) await putRight({ path: mine.path, commit: mine.commit, registration: mine.registration, goal: path })
    await forgetWarmNote(note)
    return claimed
  }

  /** Finishes or takes back what a note tells of; a worktree that is on a branch already is its session's. */
  async function putRight(of: Pick<WarmNote, 'path' | 'registration' | 'goal'> & { readonly commit: Oid }): Promise<void> {
    const { checkout } = parts.home()
    const { goal, registration, path, commit } = of
    const root = rootNow()
    const moved = goal === undefined ? null : await registrationIn(goal)
    if (goal === undefined || moved === null || moved.at !== registration) {
      await clearHalfMade(git, checkout, { path, branch: null, from: commit, root })
      return
    }
    await noteMove(moved.at, goal)
    if (branchIn(moved) !== null) return
    const cleared = await clearHalfMade(git, checkout, { path: goal, branch: null, from: commit, root })
    if (cleared.kind === 'kept') log.info(cleared.message)
  }

  async function isInPlace(path: string): Promise<boolean> {
    return path.startsWith(join((await realPathOf(rootNow())) ?? rootNow(), FOLDER, sep))
  }

  async function recover(): Promise<void> {
    const written = await readWarmNote(note)
    const commit = written === null ? null : parseOid(written.commit)
    if (written === null || commit === null) return
    const { checkout } = parts.home()
    if (written.phase === 'made' && parts.home().config.warm && checkout.trusted && (await isInPlace(written.path))) {
      return begin(commit, (mine) => takeUp(written, commit, mine))
    }
    if (written.phase === 'claimed') await lane.run(checkout.path, () => putRight({ ...written, commit }))
    else await discard(written.path, commit, false, written.before)
    await forgetWarmNote(note)
  }

  return {
    async recover() {
      try {
        await recover()
      } catch (error) {
        if (!isRefusal(error)) throw error
        log.info(error.message)
      }
    },
    poke,
    async claim(wanted) {
      try {
        return await claim(wanted)
      } catch (error) {
        // A disk that is full, a folder that cannot be written: the plain way says so better.
        log.info('The worktree that was kept ready could not be claimed.', { why: String(error) })
        const written = await readWarmNote(note)
        const commit = written === null ? null : parseOid(written.commit)
        if (written !== null && commit !== null && written.phase === 'claimed') {
          await putRight({ ...written, commit })
          await forgetWarmNote(note)
        }
        return false
      }
    },
    isOurs: (path) => path.includes(`${sep}${FOLDER}${sep}`),
    async idle() {
      while (loose.size > 0) await Promise.all(loose)
    },
    async close() {
      closed = true
      callOff?.()
      making?.off.abort()
      while (loose.size > 0) await Promise.all(loose)
      await ready?.watch?.close()
    },
  }
}
