/** The cascade: the sessions left to right. Its order is the priority, the review order and the landing order. */

import { Plus } from 'lucide-react'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { Button } from '../design/Button.tsx'
import { IconButton } from '../design/IconButton.tsx'
import type { MenuLine } from '../design/Menu.tsx'
import { entryOf, placeOf } from '../state/standing.ts'
import { useNow } from '../state/use-now.ts'
import styles from './Cascade.module.css'
import { Tab } from './Tab.tsx'

export type CascadeProps = {
  readonly sessions: readonly Session[]
  readonly queue: readonly Entry[]
  readonly selected: string | null
  /** Sessions, by id, with a stop under way. */
  readonly stopping: readonly string[]
  /** What the menu of a session offers. */
  readonly linesOf: (session: Session) => readonly MenuLine[]
  readonly onSelect: (id: string) => void
  /** Enter on the selected tab: go into its terminal. */
  readonly onEnter: () => void
  readonly onNew: () => void
}

/** With fewer tabs than this there is room for words beside them. */
const ROOMY = 5

/** Where a key leads from tab `at` of `count`; null for keys that are not for the cascade. */
export function stepOf(key: string, at: number, count: number): number | null {
  if (count === 0) return null
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count
    case 'ArrowLeft':
      return (at - 1 + count) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}

/** Draws the strip of tabs and the button for a new session. */
export function Cascade({ sessions, queue, selected, stopping, linesOf, onSelect, onEnter, onNew }: CascadeProps) {
  const now = useNow(10_000)
  const list = useRef<HTMLDivElement>(null)
  // The effect belongs to the selection, although it reads it from the page.
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [selected])

  const onKeyDown = (event: KeyboardEvent): void => {
    // What a menu over a tab gets is no key of the cascade, although React says that it came through here.
    if (event.target instanceof Node && !event.currentTarget.contains(event.target)) return
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const at = sessions.findIndex((session) => session.id === selected)
    if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.dataset['session'] === selected) {
      event.preventDefault()
      onEnter()
      return
    }
    const next = stepOf(event.key, at, sessions.length)
    const session = next === null ? undefined : sessions[next]
    if (session === undefined) return
    event.preventDefault()
    onSelect(session.id)
    list.current?.querySelector<HTMLElement>(`[data-session="${CSS.escape(session.id)}"]`)?.focus()
  }

  return (
    <nav className={styles['cascade']} aria-label="Cascade">
      <div ref={list} className={styles['tabs']} role="tablist" aria-label="Sessions" tabIndex={-1} onKeyDown={onKeyDown}>
        {sessions.map((session, index) => (
          <Tab
            key={session.id}
            session={session}
            entry={entryOf(queue, session.name)}
            number={index + 1}
            place={placeOf(queue, session.name)}
            selected={session.id === selected}
            stopping={stopping.includes(session.id)}
            lines={linesOf(session)}
            now={now}
            onSelect={() => onSelect(session.id)}
          />
        ))}
      </div>
      {sessions.length < ROOMY ? (
        <Button look="quiet" icon={<Plus />} onClick={onNew}>
          New session
        </Button>
      ) : (
        <IconButton label="New session" shortcut="N" onClick={onNew}>
          <Plus />
        </IconButton>
      )}
    </nav>
  )
}
