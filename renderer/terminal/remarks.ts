/** What is said above the terminal of a session: what became of its prompt, its worktree, its last run. Pure. */

import type { Leftover, Session } from '../../shared/model/session.ts'
import { asSeen, firstLine } from '../state/as-seen.ts'
import { counted, timeOfDay } from '../state/format.ts'

export type Remark = {
  readonly kind:
    'unsent' | 'waits' | 'place' | 'setting-up' | 'limited' | 'cut-off' | 'leftovers' | 'repair' | 'unfilled' | 'hooks-off'
  readonly tone: 'calm' | 'needs-you' | 'bad'
  readonly words: string
  /** Beside the words, in the letters of code: a line of the prompt, or the processes. */
  readonly quoted?: string
}

const HOOKS_OFF =
  'Hooks are turned off in your Claude Code settings: permissions are answered in the terminal, and its cost is not known.'

/** How many sessions run, and how many may at once. */
export type Room = { readonly running: number; readonly most: number }

/** As many processes as a line can name. */
const MOST_NAMED = 3

/** “1 process of it is still running.” */
export function leftoverWords(leftovers: readonly Leftover[]): string {
  return `${counted(leftovers.length, 'process', 'processes')} of it ${leftovers.length === 1 ? 'is' : 'are'} still running.`
}

function namedOf(leftovers: readonly Leftover[]): string {
  const named = leftovers.slice(0, MOST_NAMED).map(({ pid, command }) => `${asSeen(command)} (${pid})`)
  const more = leftovers.length - named.length
  return more === 0 ? named.join(', ') : `${named.join(', ')} and ${more} more`
}

function ofPrompt({ unsent, state }: Session): Remark | null {
  if (unsent === undefined) return null
  const quoted = asSeen(firstLine(unsent.text))
  if (!unsent.waits) return { kind: 'unsent', tone: 'needs-you', words: 'This prompt was not confirmed:', quoted }
  const until = state === 'needs-permission' || state === 'asks' ? 'its question is answered' : 'your draft is sent'
  return { kind: 'waits', tone: 'calm', words: `This prompt waits until ${until}:`, quoted }
}

function ofLine(place: number, { running, most }: Room): Remark {
  const where = place === 1 ? 'It is the next in line' : `It waits in line at place ${place}`
  const starts = `${where} and starts by itself as soon as there is room.`
  if (running < most) return { kind: 'place', tone: 'calm', words: starts }
  const how = 'stop one that is idle or landed, its conversation is kept, or raise “Sessions at once”.'
  return { kind: 'place', tone: 'calm', words: `${starts} ${running} of ${most} run: ${how}` }
}

function ofRun({ place, settingUp, state, limitedUntil, cutOff }: Session, room: Room): Remark | null {
  if (place !== undefined) return ofLine(place, room)
  if (settingUp === true)
    return { kind: 'setting-up', tone: 'calm', words: 'Its setup command runs here; Claude Code starts after it.' }
  if (state === 'limited' && limitedUntil !== undefined) {
    const words = `The limit of the API ends at ${timeOfDay(limitedUntil)}. Send it a prompt then.`
    return { kind: 'limited', tone: 'needs-you', words }
  }
  return cutOff === undefined ? null : { kind: 'cut-off', tone: 'calm', words: cutOff }
}

/** What there is to say of a session, what needs the user first. */
export function remarksOf(session: Session, room: Room): readonly Remark[] {
  const { repair, problem, leftovers = [], unfilled, settingUp } = session
  const all: readonly (Remark | null)[] = [
    repair === undefined || problem === undefined ? null : { kind: 'repair', tone: 'bad', words: problem },
    ofPrompt(session),
    leftovers.length === 0
      ? null
      : { kind: 'leftovers', tone: 'calm', words: leftoverWords(leftovers), quoted: namedOf(leftovers) },
    ofRun(session, room),
    unfilled === undefined || settingUp === true ? null : { kind: 'unfilled', tone: 'calm', words: unfilled },
    session.hooksOff === true ? { kind: 'hooks-off', tone: 'calm', words: HOOKS_OFF } : null,
  ]
  return all.filter((remark) => remark !== null)
}
