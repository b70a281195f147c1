/** The cascade: the sessions left to right. Its order is the priority, the review order and the landing order. */

import { Plus } from 'lucide-react'
import { useCallback, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useKeys } from '../commands/use-keys.ts'
import { Button } from '../design/Button.tsx'
import { IconButton } from '../design/IconButton.tsx'
import { move } from '../state/actions.ts'
import type { View } from '../state/projection.ts'
import { entryOf, placeOf } from '../state/standing.ts'
import { select, setRenaming, useHouse, useWindow } from '../state/store.ts'
import { useNow } from '../state/use-now.ts'
import { AllSessions } from './AllSessions.tsx'
import styles from './Cascade.module.css'
import { inOrder, movedTo, placeAfterDrop, stepOf, type Edge } from './order.ts'
import { overlappingOf } from './overlapping.ts'
import { Tab } from './Tab.tsx'
import { useAnnouncedPlace } from './use-announced-place.ts'
import { useSight } from './use-sight.ts'

export type CascadeProps = {
  readonly view: Pick<View, 'sessions' | 'queue' | 'overlap' | 'config' | 'repository'>
  readonly selected: string | null
  /** What the menu of a session, by id, offers. */
  readonly menuOf: (id: string) => ReactNode
  /** Enter on the selected tab: go into its terminal. */
  readonly onEnter: () => void
  readonly onNew: () => void
}

/** With fewer tabs than this there is room for words beside them. */
const ROOMY = 5

/** The sessions in the order that the user just gave them, until the House says the same or something else. */
function useOrder(sessions: View['sessions']) {
  const [wished, setWished] = useState<readonly string[] | null>(null)
  const ids = sessions.map((session) => session.id)
  const settled = wished !== null && (ids.join() === wished.join() || inOrder(sessions, wished) === sessions)
  if (settled) setWished(null)
  const ordered = settled ? sessions : inOrder(sessions, wished)
  const order = ordered.map((session) => session.id).join()
  // The same function as long as the order is the same: tabs are drawn again only for what changed in them.
  const drop = useCallback(
    (dragged: string, over: string, edge: Edge): void => {
      const before = order.split(',')
      const to = placeAfterDrop(before, dragged, over, edge)
      const name = useHouse.getState().projection.view?.sessions.find(({ id }) => id === dragged)?.name
      if (to === null || name === undefined) return
      setWished(movedTo(before, dragged, to))
      void move(name, to).then((moved) => (moved ? undefined : setWished(null)))
    },
    [order],
  )
  return { ordered, drop }
}

/** Draws the strip of tabs, the button for a new session, and the way to what is out of sight. */
export function Cascade({ view, selected, menuOf, onEnter, onNew }: CascadeProps) {
  const now = useNow(10_000)
  const stopping = useWindow((state) => state.stopping)
  const renaming = useWindow((state) => state.renaming)
  const keys = useKeys('session.new')
  const list = useRef<HTMLDivElement>(null)
  const { ordered, drop } = useOrder(view.sessions)
  const { left, right } = useSight(list, selected, ordered.length)
  const place = useAnnouncedPlace(ordered, selected)
  const target = view.repository?.target?.branch ?? 'the target'

  const onKeyDown = (event: KeyboardEvent): void => {
    // What a menu over a tab gets is no key of the cascade, although React says that it came through here.
    if (event.target instanceof Node && !event.currentTarget.contains(event.target)) return
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const at = ordered.findIndex((session) => session.id === selected)
    if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.dataset['session'] === selected) {
      event.preventDefault()
      onEnter()
      return
    }
    const next = stepOf(event.key, at, ordered.length)
    const session = next === null ? undefined : ordered[next]
    if (session === undefined) return
    event.preventDefault()
    select(session.id)
    list.current?.querySelector<HTMLElement>(`[data-session="${CSS.escape(session.id)}"]`)?.focus()
  }

  return (
    <nav className={styles['cascade']} aria-label="Cascade">
      <div
        ref={list}
        className={styles['tabs']}
        role="tablist"
        aria-label="Sessions"
        tabIndex={-1}
        data-left={left > 0 || undefined}
        data-right={right > 0 || undefined}
        onKeyDown={onKeyDown}
        onWheel={(event) => {
          if (event.deltaX === 0 && list.current !== null) list.current.scrollLeft += event.deltaY
        }}
      >
        {ordered.map((session, index) => (
          <Tab
            key={session.id}
            session={session}
            entry={entryOf(view.queue, session.name)}
            number={index + 1}
            place={placeOf(view.queue, session.name)}
            overlapping={overlappingOf(view.overlap, session.name, target)}
            budgetUsd={view.config.budgetUsd}
            selected={session.id === selected}
            stopping={stopping.includes(session.id)}
            now={now}
            taken={renaming === session.id ? ordered.map((one) => one.name) : null}
            menuOf={menuOf}
            onSelect={select}
            onRename={setRenaming}
            onDrop={drop}
          />
        ))}
      </div>
      {left + right === 0 ? null : (
        <AllSessions sessions={ordered} queue={view.queue} hidden={left + right} now={now} onSelect={select} />
      )}
      {ordered.length < ROOMY ? (
        <Button look="quiet" icon={<Plus />} onClick={onNew}>
          New session
        </Button>
      ) : (
        <IconButton label="New session" {...(keys === undefined ? {} : { shortcut: keys })} onClick={onNew}>
          <Plus />
        </IconButton>
      )}
      <p className="visually-hidden" aria-live="polite">
        {place}
      </p>
    </nav>
  )
}
