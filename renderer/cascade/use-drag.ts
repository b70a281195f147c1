/** Lets tabs be dragged along the strip. Knows elements and ids; what a drop means is decided in `order.ts`. */

import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter'
import { useEffect, useEffectEvent, useState, type RefObject } from 'react'
import { dropAt, placeAfterDrop, type Drop } from './order.ts'

const KIND = 'session-tab'

/** Takes a tab, its session's id, and whether it may be dragged now (asked when it begins); gives whether it is being dragged. */
export function useDrag(element: RefObject<HTMLElement | null>, id: string, mayDrag: () => boolean): boolean {
  const [dragged, setDragged] = useState(false)
  const allowed = useEffectEvent(mayDrag)
  useEffect(() => {
    const tab = element.current
    if (tab === null) return
    return draggable({
      element: tab,
      canDrag: () => allowed(),
      getInitialData: () => ({ kind: KIND, id }),
      onDragStart: () => setDragged(true),
      onDrop: () => setDragged(false),
    })
  }, [element, id])
  return dragged
}

function dropIn(strip: HTMLElement, x: number): Drop | null {
  const tabs = [...strip.querySelectorAll<HTMLElement>('[data-session]')]
  return dropAt(
    tabs.map((tab) => {
      const { left, right } = tab.getBoundingClientRect()
      return { id: tab.dataset['session'] ?? '', left, right }
    }),
    x,
  )
}

/** How near to an end of the strip a held tab moves it along, and how far each time. */
const EDGE = 36
const STEP = 14

function moveAlong(strip: HTMLElement, x: number): void {
  const { left, right } = strip.getBoundingClientRect()
  if (x < left + EDGE) strip.scrollLeft -= STEP
  if (x > right - EDGE) strip.scrollLeft += STEP
}

/** Takes the strip and its order; `onDrop` hears what was dropped where. Gives where a held tab would come to stand, null where it stands now. */
export function useDrops(
  strip: RefObject<HTMLElement | null>,
  order: readonly string[],
  onDrop: (dragged: string, where: Drop) => void,
): Drop | null {
  const [held, setHeld] = useState<Drop | null>(null)
  const dropped = useEffectEvent(onDrop)
  const changesOrder = useEffectEvent(
    (dragged: string, where: Drop) => placeAfterDrop(order, dragged, where.over, where.edge) !== null,
  )
  useEffect(() => {
    const element = strip.current
    if (element === null) return
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data['kind'] === KIND,
      onDrag({ source, location }) {
        const x = location.current.input.clientX
        moveAlong(element, x)
        const next = dropIn(element, x)
        const useful = next !== null && changesOrder(String(source.data['id']), next) ? next : null
        setHeld((before) => (before?.over === useful?.over && before?.edge === useful?.edge ? before : useful))
      },
      onDragLeave: () => setHeld(null),
      onDrop({ source, location }) {
        setHeld(null)
        const where = dropIn(element, location.current.input.clientX)
        if (where !== null) dropped(String(source.data['id']), where)
      },
    })
  }, [strip])
  return held
}
