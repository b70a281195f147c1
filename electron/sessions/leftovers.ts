/**
 * What a session started and left behind: commands of a Claude Code that was killed, background shells, their children. They are shown,
 * and ended when the user ends the session; never silently. Each is known by the mark that every launch leaves in its environment.
 */

import type { Leftover } from '../../shared/model/session.ts'
import type { Clock } from '../kit/clock.ts'
import { endAll } from '../kit/ending.ts'
import { among, commandOf, familyOf, isStill, seeProcesses, type Seen } from '../kit/processes.ts'
import { inert, oneLine, shortened } from './wording.ts'

/** The variable that marks all that a launch starts: the session, and which launch of it. */
export const MARK = 'SLUICE_RUN'

const MAX_SHOWN = 20
const MAX_COMMAND = 200
const WATCH_MS = 2000

/** What Claude Code puts around a command of its Bash tool (measured with 2.1.329). */
const AROUND = /&& eval '(.*)'(?: \\?< ?\/dev\/null)? && pwd -P >\| \S+$/su

/** Takes a command line; gives what a person who knows the session would call it. Pure. */
export function toldCommand(line: string): string {
  const inside = AROUND.exec(line)?.[1]?.replaceAll(`'"'"'`, "'").replaceAll(`'\\''`, "'")
  return shortened(oneLine(inert(inside ?? line)), MAX_COMMAND)
}

/** A mark for one launch of a session. */
export function markFor(id: string): string {
  return `${id}:${crypto.randomUUID()}`
}

/** Takes a way to look; callers that come before a look has begun share it, as all sessions look at once when Sluice starts. */
function shared<T>(look: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve()
  let next: Promise<T> | null = null
  return () => {
    next ??= running.then(() => {
      next = null
      const looked = look()
      running = looked.catch(() => undefined)
      return looked
    })
    return next
  }
}

const see = shared(() => seeProcesses(MARK))

/** What a process and its children are now: to be asked before it ends, as they have other parents after that. */
export async function familyNow(pid: number, start: string | null): Promise<readonly Seen[]> {
  return familyOf(await see(), (seen) => seen.pid === pid && (start === null || seen.start === start), process.pid)
}

export type Leftovers = {
  list(): readonly Leftover[]
  /** Looks for them: all that the session ever started, but for the launch that has this mark by then. */
  look(current: () => string | null): Promise<void>
  /** Ends them, and those that were seen before. */
  end(before: readonly Seen[]): Promise<void>
  close(): void
}

export function createLeftovers(id: string, clock: Clock, changed: () => void): Leftovers {
  let known: readonly (Seen & { readonly command: string })[] = []
  let callOff = (): void => undefined
  let closed = false

  const marked = (seen: Seen): boolean => seen.mark?.startsWith(`${id}:`) === true

  function show(now: typeof known): void {
    if (closed) return
    const same = now.length === known.length && now.every(among(known))
    known = now
    callOff()
    if (known.length > 0) callOff = clock.after(WATCH_MS, () => void watch())
    if (!same) changed()
  }

  async function watch(): Promise<void> {
    const still = await Promise.all(known.map(isStill))
    show(known.filter((_seen, at) => still[at] === true))
  }

  async function told(seen: readonly Seen[]): Promise<typeof known> {
    return Promise.all(seen.map(async (one) => ({ ...one, command: toldCommand(await commandOf(one.pid)) })))
  }

  return {
    list: () => known.slice(0, MAX_SHOWN).map(({ pid, command }) => ({ pid, command })),
    async look(current) {
      const all = await see()
      const now = current()
      show(await told(familyOf(all, (seen) => marked(seen) && seen.mark !== now, process.pid)))
    },
    async end(before) {
      const seenBefore = among(before)
      const left = await endAll(async () => familyOf(await see(), (seen) => marked(seen) || seenBefore(seen), process.pid))
      show(await told(left))
    },
    close() {
      closed = true
      callOff()
    },
  }
}
