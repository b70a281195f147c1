/** The way to tabs that are out of sight: every session in one menu, with the number of those that cannot be seen. */

import { ChevronsLeftRight } from 'lucide-react'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { Menu, MenuLines } from '../design/Menu.tsx'
import { StateMark } from '../design/StateMark.tsx'
import { since, waitWords } from '../state/format.ts'
import { entryOf, waitingSince } from '../state/standing.ts'
import styles from './Cascade.module.css'
import { tell } from './telling.ts'

export type AllSessionsProps = {
  readonly sessions: readonly Session[]
  readonly queue: readonly Entry[]
  /** Sessions, by id, with a stop under way. */
  readonly stopping: readonly string[]
  /** How many tabs are out of sight. */
  readonly hidden: number
  readonly now: number
  readonly onSelect: (id: string) => void
}

/** Draws the button and its menu. */
export function AllSessions({ sessions, queue, stopping, hidden, now, onSelect }: AllSessionsProps) {
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className={styles['all']} aria-label={`All sessions, ${hidden} out of sight`}>
          <ChevronsLeftRight aria-hidden="true" />
          {hidden}
        </button>
      }
    >
      <MenuLines
        groups={[
          sessions.map((session) => {
            const entry = entryOf(queue, session.name)
            const { shape, tone, word } = tell(session, entry, stopping.includes(session.id))
            const waits = waitingSince(session, entry)
            return {
              label: session.name,
              note: waits === null ? word : `${word} · ${waitWords(since(waits, now))}`,
              icon: <StateMark shape={shape} tone={tone} />,
              onPick: () => onSelect(session.id),
            }
          }),
        ]}
      />
    </Menu>
  )
}
