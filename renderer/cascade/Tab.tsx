/** One tab of the cascade. Its width depends on how many tabs there are, never on what it says. */

import { useId } from 'react'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { Size } from '../design/Badge.tsx'
import { ContextMenu, type MenuLine } from '../design/Menu.tsx'
import { StateMark } from '../design/StateMark.tsx'
import { circled, money, since, waitWords } from '../state/format.ts'
import { sentenceOf, waitingSince } from '../state/standing.ts'
import styles from './Cascade.module.css'
import { tell } from './telling.ts'

export type TabProps = {
  readonly session: Session
  readonly entry: Entry | null
  /** Its number from the left, the key that selects it. */
  readonly number: number
  /** Its place in the queue, when it has one. */
  readonly place: number | null
  readonly selected: boolean
  readonly stopping: boolean
  /** What its menu offers. */
  readonly lines: readonly MenuLine[]
  readonly now: number
  readonly onSelect: () => void
}

/** A wait of seconds is none. */
const WORTH_SAYING = 60_000

/** Draws a tab; its accessible name is the session's name, the rest is its description. */
export function Tab({ session, entry, number, place, selected, stopping, lines, now, onSelect }: TabProps) {
  const id = useId()
  const telling = tell(session, entry, stopping)
  const waits = waitingSince(session, entry)
  const waited = since(waits ?? undefined, now)
  const tab = (
    <button
      type="button"
      role="tab"
      className={styles['tab']}
      data-tone={telling.tone}
      data-session={session.id}
      aria-selected={selected}
      aria-controls="terminal-pane review-pane"
      aria-labelledby={`${id}-name`}
      aria-describedby={`${id}-says`}
      tabIndex={selected ? 0 : -1}
      title={sentenceOf(session) ?? undefined}
      onClick={onSelect}
    >
      <span className={styles['head']}>
        <span className={styles['number']} aria-hidden="true">
          {number}
        </span>
        <span id={`${id}-name`} className={styles['name']}>
          {session.name}
        </span>
        {place === null ? null : (
          <span className={styles['place']} aria-hidden="true">
            {circled(place)}
          </span>
        )}
      </span>
      <span id={`${id}-says`} className={styles['says']}>
        {place === null ? null : <span className="visually-hidden">Place {place} in the queue</span>}
        <span className={styles['state']}>
          <StateMark shape={telling.shape} tone={telling.tone} />
          <span className={styles['word']}>{telling.word}</span>
          {stopping || waited < WORTH_SAYING ? null : <span className={styles['wait']}>· {waitWords(waited)}</span>}
        </span>
        <span className={styles['numbers']}>
          <Size insertions={session.insertions} deletions={session.deletions} />
          <span className={styles['cost']}>{money(session.spentUsd)}</span>
        </span>
      </span>
    </button>
  )
  return <ContextMenu trigger={tab} groups={[lines]} />
}
