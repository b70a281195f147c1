/** The landing queue: what moves, what is blocked, what landed. */

import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { EmptyState } from '../design/EmptyState.tsx'
import { StateMark } from '../design/StateMark.tsx'
import { shortOid, since, waitWords } from '../state/format.ts'
import { useNow } from '../state/use-now.ts'
import { EntryCard } from './EntryCard.tsx'
import styles from './QueuePane.module.css'
import { grouped } from './wording.ts'

export type QueuePaneProps = {
  readonly queue: readonly Entry[]
  readonly sessions: readonly Session[]
  readonly target: string
  readonly checks: readonly string[]
  /** Shows the session of that name. */
  readonly onOpen: (name: string) => void
  /** The buttons of the pane itself, for its header. */
  readonly controls?: ReactNode
}

function Landed({ entries, onOpen }: { readonly entries: readonly Entry[]; readonly onOpen: (name: string) => void }) {
  const now = useNow(30_000)
  return (
    <section className={styles['landed']} aria-label="Landed">
      <h3 className={styles['group']}>
        Landed <span>{entries.length}</span>
      </h3>
      <ul>
        {entries.map((entry) => (
          <li key={`${entry.session} ${entry.since}`} className={styles['done']} aria-label={entry.session}>
            <StateMark shape="check" tone="good" />
            <button type="button" className={styles['name']} onClick={() => onOpen(entry.session)}>
              {entry.session}
            </button>
            {entry.targetAfter === undefined ? null : <code>{shortOid(entry.targetAfter)}</code>}
            <span className={styles['time']}>{waitWords(since(entry.since, now))}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Draws the region “Queue”. */
export function QueuePane({ queue, sessions, target, checks, onOpen, controls }: QueuePaneProps) {
  const { moving, blocked, landed } = grouped(queue)
  const cards = [
    ...moving.map((entry, index) => ({ entry, place: index + 1 })),
    ...blocked.map((entry) => ({ entry, place: null })),
  ]
  return (
    <section className={styles['pane']} aria-label="Queue" id="queue-pane" tabIndex={-1}>
      <header className={styles['header']}>
        <h2>Queue</h2>
        <ArrowRight aria-hidden="true" />
        <span className={styles['target']}>{target}</span>
        {controls}
      </header>
      <div className={styles['scroll']}>
        {cards.length === 0 ? (
          <EmptyState title={landed.length === 0 ? 'Nothing lands yet' : 'The queue is empty'}>
            {checks.length === 0
              ? `Approved sessions land here, in cascade order. No checks are set: add them in the settings.`
              : `Approved sessions land here, in cascade order: rebased onto ${target}, checked, then landed.`}
          </EmptyState>
        ) : (
          <ol className={styles['entries']} aria-label="Entries">
            {cards.map(({ entry, place }) => (
              <EntryCard
                key={entry.session}
                entry={entry}
                session={sessions.find((session) => session.name === entry.session) ?? null}
                checks={checks}
                place={place}
                target={target}
                onOpen={() => onOpen(entry.session)}
              />
            ))}
          </ol>
        )}
      </div>
      {landed.length === 0 ? null : <Landed entries={landed} onOpen={onOpen} />}
    </section>
  )
}
