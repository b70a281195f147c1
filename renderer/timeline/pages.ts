/** The events that a timeline holds, newest first: pages and news put together. Pure. */

import type { Event } from '../../shared/model/event.ts'
import { dayWords } from '../state/format.ts'

/** Takes what is there and what came, in any order; gives all of it once, newest first. */
export function joined(events: readonly Event[], more: readonly Event[]): readonly Event[] {
  const bySeq = new Map([...events, ...more].map((event) => [event.seq, event]))
  return [...bySeq.values()].toSorted((a, b) => b.seq - a.seq)
}

/** Takes what is there and the newest page anew, as after the line was down. Where the two do not meet there is a gap: only the page counts. */
export function renewed(events: readonly Event[], page: readonly Event[]): readonly Event[] {
  const [newest, oldest] = [events[0]?.seq, page.at(-1)?.seq]
  return newest === undefined || oldest === undefined || oldest > newest ? page : joined(events, page)
}

export type Day = { readonly day: string; readonly events: readonly Event[] }

/** The same, by days where the reader is. */
export function byDays(events: readonly Event[], now: number): readonly Day[] {
  const days: { day: string; events: Event[] }[] = []
  for (const event of events) {
    const day = dayWords(event.at, now)
    const last = days.at(-1)
    if (last?.day === day) last.events.push(event)
    else days.push({ day, events: [event] })
  }
  return days
}
