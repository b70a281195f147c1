/** The events of an open timeline: the newest page, earlier ones on demand, and what happens meanwhile. Gone when it closes. */

import { useEffect, useState } from 'react'
import type { Event } from '../../shared/model/event.ts'
import { PAGE, readHistory } from '../state/history.ts'
import { onEvent, onOpen } from '../state/house.ts'
import { kindsOf, type Group } from './marks.ts'
import { joined, renewed } from './pages.ts'

export type Wanted = { readonly repository: string; readonly session: string | null; readonly group: Group }

type Held = {
  readonly of: string
  readonly events: readonly Event[]
  /** True when there is nothing before them. */
  readonly isWhole: boolean
  readonly failure: string | null
}

export type Shown = {
  /** Newest first; null before the first answer. */
  readonly events: readonly Event[] | null
  readonly isWhole: boolean
  readonly failure: string | null
  readonly isReading: boolean
  readonly onEarlier: () => void
}

function concerns({ repository, session, group }: Wanted, event: Event): boolean {
  const kinds = kindsOf(group)
  return (
    event['repository'] === repository &&
    (session === null || event['session'] === session) &&
    (kinds === null || kinds.includes(event.kind))
  )
}

/** Takes what is wanted; another wish begins anew. */
export function useHistory({ repository, session, group }: Wanted): Shown {
  const of = JSON.stringify([repository, session, group])
  const [held, setHeld] = useState<Held | null>(null)
  const [isReading, setReading] = useState(false)
  useEffect(() => {
    let isOver = false
    let meanwhile: readonly Event[] = []
    const stop = onEvent((event) => {
      if (!concerns({ repository, session, group }, event)) return
      meanwhile = [event, ...meanwhile]
      setHeld((before) => (before?.of === of ? { ...before, events: joined(before.events, [event]) } : before))
    })
    const read = async (): Promise<void> => {
      const answer = await readHistory({ session, kinds: kindsOf(group) }, null)
      if (isOver) return
      setHeld((before) => {
        const mine = before?.of === of ? before : null
        if (!answer.ok) return { of, events: mine?.events ?? [], isWhole: mine?.isWhole ?? true, failure: answer.failure.message }
        const events = renewed(mine?.events ?? [], answer.value)
        const isWhole = answer.value.length < PAGE || (mine !== null && mine.isWhole && events.length > answer.value.length)
        return { of, events: joined(events, meanwhile), isWhole, failure: null }
      })
    }
    // What happened while the line was down came to nobody.
    const stopOpen = onOpen(() => void read())
    void read()
    return () => {
      isOver = true
      stop()
      stopOpen()
    }
  }, [of, repository, session, group])
  const mine = held?.of === of ? held : null
  const onEarlier = (): void => {
    const oldest = mine?.events.at(-1)?.seq
    if (oldest === undefined || isReading) return
    setReading(true)
    void readHistory({ session, kinds: kindsOf(group) }, oldest).then((answer) => {
      setReading(false)
      setHeld((before) => {
        if (before?.of !== of) return before
        if (!answer.ok) return { ...before, failure: answer.failure.message }
        return { ...before, events: joined(before.events, answer.value), isWhole: answer.value.length < PAGE, failure: null }
      })
    })
  }
  return { events: mine?.events ?? null, isWhole: mine?.isWhole ?? true, failure: mine?.failure ?? null, isReading, onEarlier }
}
