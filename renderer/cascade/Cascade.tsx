/** The cascade: the sessions left to right. Its order is the priority, the review order and the landing order. */

import { Plus } from 'lucide-react'
import { useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { Overlap } from '../../shared/model/overlap.ts'
import type { Session } from '../../shared/model/session.ts'
import { useKeys } from '../commands/use-keys.ts'
import { Button } from '../design/Button.tsx'
import { IconButton } from '../design/IconButton.tsx'
import type { View } from '../state/projection.ts'
import { cascadeOf, entryOf, placeOf } from '../state/standing.ts'
import { select, setRenaming, toast, useHouse, useWindow } from '../state/store.ts'
import { useNow } from '../state/use-now.ts'
import { AllSessions, archivedOf } from './AllSessions.tsx'
import styles from './Cascade.module.css'
import { stepOf } from './order.ts'
import { overlappingOf, type Overlapping } from './overlapping.ts'
import { Tab } from './Tab.tsx'
import { useAnnouncedPlace } from './use-announced-place.ts'
import { useDrops } from './use-drag.ts'
import { useOrder } from './use-order.ts'
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

/** What each session's tab says of its overlaps, by id; made anew only when one of them changed. */
function useOverlapping(overlap: Overlap, sessions: readonly Session[], target: string): ReadonlyMap<string, Overlapping | null> {
  const names = JSON.stringify(sessions.map(({ id, name }) => [id, name]))
  return useMemo(() => {
    const named = JSON.parse(names) as readonly (readonly [id: string, name: string])[]
    return new Map(named.map(([id, name]) => [id, overlappingOf(overlap, name, target)]))
  }, [overlap, names, target])
}

/** Nobody can move what nobody can be asked for; the reason is said. */
function mayDrag(): boolean {
  if (useHouse.getState().connection === 'open') return true
  toast({ tone: 'failure', message: 'Sluice is not reachable right now; the order can be changed when it is back.' })
  return false
}

/** Draws the strip of tabs, the button for a new session, and the way to what is out of sight. */
export function Cascade({ view, selected, menuOf, onEnter, onNew }: CascadeProps) {
  const now = useNow(10_000)
  const stopping = useWindow((state) => state.stopping)
  const renaming = useWindow((state) => state.renaming)
  const keys = useKeys('session.new')
  const list = useRef<HTMLDivElement>(null)
  const { ordered, order, drop } = useOrder(cascadeOf(view.sessions))
  const held = useDrops(list, order, drop)
  const { left, right } = useSight(list, selected, order)
  const place = useAnnouncedPlace(ordered, selected)
  const overlapping = useOverlapping(view.overlap, ordered, view.repository?.target?.branch ?? 'the target')

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
        onFocus={({ target }) => {
          // A dialog gives the focus back to the tab that had it, which may not be the selected one any more.
          if (target.matches('[aria-selected="false"]:focus-visible'))
            list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus()
        }}
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
            overlapping={overlapping.get(session.id) ?? null}
            budgetUsd={session.budgetUsd ?? view.config.budgetUsd}
            selected={session.id === selected}
            stopping={stopping.includes(session.id)}
            now={now}
            taken={renaming === session.id ? ordered.map((one) => one.name) : null}
            menuOf={menuOf}
            onSelect={select}
            onRename={setRenaming}
            edge={held?.over === session.id ? held.edge : null}
            mayDrag={mayDrag}
          />
        ))}
      </div>
      {left + right === 0 && ordered.length === view.sessions.length ? null : (
        <AllSessions
          sessions={ordered}
          archived={archivedOf(view.sessions)}
          queue={view.queue}
          stopping={stopping}
          hidden={left + right}
          now={now}
          onSelect={select}
        />
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
