/** Says when another session that was asked to review has answered, with the way to what it said. */

import { useEffect } from 'react'
import type { Event } from '../../shared/model/event.ts'
import { onEvent } from './house.ts'
import { select, toast, useHouse } from './store.ts'

function tell(event: Event): void {
  if (event.kind !== 'review-found') return
  const sessions = useHouse.getState().projection.view?.sessions ?? []
  const [of, by] = [event.session, event['by']].map((id) => sessions.find((one) => one.id === id))
  if (of === undefined || by === undefined) return
  const count = typeof event['comments'] === 'number' ? event['comments'] : 0
  if (event['vague'] === true) {
    const message = `“${by.name}” found nothing in “${of.name}” that it could point at. Read its answer in its terminal.`
    return toast({ tone: 'done', message, action: { label: 'Show it', onPick: () => select(by.id) } })
  }
  if (count === 0) return toast({ tone: 'done', message: `“${by.name}” reviewed “${of.name}” and found nothing.` })
  const found = count === 1 ? 'One comment of it is' : `${count} comments of it are`
  const message = `“${by.name}” reviewed “${of.name}”. ${found} there, as drafts.`
  toast({ tone: 'done', message, action: { label: 'Show', onPick: () => select(of.id) } })
}

/** For as long as the window is drawn. */
export function useFindingsTold(): void {
  useEffect(() => onEvent(tell), [])
}
