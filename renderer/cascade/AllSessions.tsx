/** The way to sessions that have no tab in sight: every one of the cascade in one menu, and the archived ones with their way back. */

import { Archive, ArchiveRestore, ChevronsLeftRight } from 'lucide-react'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { Menu, MenuLines } from '../design/Menu.tsx'
import { StateMark } from '../design/StateMark.tsx'
import { restore } from '../state/actions.ts'
import { since, waitWords } from '../state/format.ts'
import { entryOf, waitingSince } from '../state/standing.ts'
import { openDialog, useAway } from '../state/store.ts'
import styles from './Cascade.module.css'
import { tell } from './telling.ts'

/** The newest ones; the dialog has them all. */
const MOST_ARCHIVED = 3

/** The archived ones, the newest first. */
export function archivedOf(sessions: readonly Session[]): readonly Session[] {
  const at = ({ archive, startedAt }: Session): string => archive?.at ?? startedAt
  return sessions.filter(({ state }) => state === 'archived').toSorted((a, b) => at(b).localeCompare(at(a)))
}

export type AllSessionsProps = {
  readonly sessions: readonly Session[]
  readonly archived: readonly Session[]
  readonly queue: readonly Entry[]
  /** Sessions, by id, with a stop under way. */
  readonly stopping: readonly string[]
  /** How many tabs are out of sight. */
  readonly hidden: number
  readonly now: number
  readonly onSelect: (id: string) => void
}

/** Draws the button and its menu. */
export function AllSessions({ sessions, archived, queue, stopping, hidden, now, onSelect }: AllSessionsProps) {
  const away = useAway()
  const said = [
    hidden === 0 ? null : `${hidden} out of sight`,
    archived.length === 0 ? null : `${archived.length} archived`,
  ].filter((words) => words !== null)
  const all = {
    label: 'Archived sessions…',
    note: String(archived.length),
    icon: <Archive />,
    onPick: () => openDialog('archived'),
  }
  return (
    <Menu
      align="end"
      trigger={
        <button type="button" className={styles['all']} aria-label={`All sessions, ${said.join(', ')}`}>
          {hidden === 0 ? <Archive aria-hidden="true" /> : <ChevronsLeftRight aria-hidden="true" />}
          {hidden === 0 ? archived.length : hidden}
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
          archived.length === 0
            ? []
            : [
                ...archived.slice(0, MOST_ARCHIVED).map(({ name }) => ({
                  label: `Restore ${name}`,
                  icon: <ArchiveRestore />,
                  refused: away,
                  onPick: () => void restore(name),
                })),
                all,
              ],
        ]}
      />
    </Menu>
  )
}
