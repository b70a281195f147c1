/**
 * Keeps one worktree of the repository ready in the background, so that a new session has its files at once. A claimed one is its
 * session's for good; one that is not exactly what it should be is discarded, never mended and never given to anybody.
 */

import { chmod, mkdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Checkout } from '../../git/checkout.ts'
import { GitError } from '../../git/failure.ts'
import { type Oid, parseOid } from '../../git/names.ts'
import { realPathOf } from '../../git/places.ts'
import type { Git } from '../../git/run.ts'
import {
  claimWarmWorktree,
  filesTracked,
  fillWarm,
  isStillWarm,
  isUntouched,
  isVacant,
  moveWarm,
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
import { createClearing, type CutOff, type Unusable } from './clearing.ts'
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

  /** What our note tells of; null when there is none. */
  async function noted(): Promise<(CutOff & Pick<WarmNote, 'phase'>) | null> {
    const written = await readWarmNote(note)
    const commit = parseOid(written?.commit ?? '')
    if (written === null || commit === null) return null
    return { ...written, commit, before: parseOid(written.before ?? '') ?? undefined }
  }

  function background(work: Promise<unknown>): void {
    const safe = work.catch((error: unknown) => (isRefusal(error) ? log.info(error.message) : log.fault(error)))
    loose.add(safe)
    void safe.finally(() => loose.delete(safe))
  }

  const clearing = createClearing({ git, lane, log, checkout: () => parts.home().checkout, root: rootNow, background })

  async function noteNow(facts: Pick<WarmNote, 'path' | 'commit' | 'phase' | 'registration' | 'goal' | 'before'>): Promise<void> {
    await writeWarmNote(note, { ...facts, pid: process.pid, procStart: await processStart(process.pid) })
  }

  async function discard(unusable: Unusable, fresh: boolean): Promise<void> {
    await clearing.discard(unusable, fresh)
    await forgetWarmNote(note)
  }

  async function drop({ path, commit, watch }: Ready): Promise<void> {
    if (ready?.path === path) ready = null
    await watch?.close()
    await discard({ path, commit }, false)
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
      background(discard({ path, commit, before: old?.commit }, !filled))
      return
    }
    await noteNow({ path, commit, phase: 'made', registration: proved.registration })
    ready = proved
  }

  /** Takes up one that an earlier Sluice made ready. */
  async function takeUp(path: string, commit: Oid, { off: { signal } }: Making): Promise<void> {
    const proved = await prove(path, commit)
    if (proved === null) return discard({ path, commit }, false)
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
    const begun = { path: mine.path, commit: from, before: mine.commit, registration: mine.registration, goal: path }
    await noteNow({ ...begun, phase: 'claimed' })
    background(mine.watch?.close() ?? Promise.resolve())
    const claimed = await claimWarmWorktree(git, checkout, mine, { path, branch, from })
    if (!claimed) await clearing.putRight(begun)
    await forgetWarmNote(note)
    return claimed
  }

  async function isInPlace(path: string): Promise<boolean> {
    return path.startsWith(join((await realPathOf(rootNow())) ?? rootNow(), FOLDER, sep))
  }

  async function recover(): Promise<void> {
    const found = await noted()
    if (found === null) return
    const { phase, path, commit } = found
    const { checkout, config } = parts.home()
    if (phase === 'made' && config.warm && checkout.trusted && (await isInPlace(path))) {
      return begin(commit, (mine) => takeUp(path, commit, mine))
    }
    if (phase === 'claimed') await lane.run(checkout.path, () => clearing.putRight(found))
    else await clearing.discard(found, false)
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
        const found = await noted()
        if (found?.phase === 'claimed') {
          await clearing.putRight(found)
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
