/** What the header of a terminal shows of its session: its state and its menu. Each reads only that session. */

import { Ellipsis } from 'lucide-react'
import type { Session } from '../../shared/model/session.ts'
import { tell } from '../cascade/telling.ts'
import { IconButton } from '../design/IconButton.tsx'
import { Menu } from '../design/Menu.tsx'
import { StateMark } from '../design/StateMark.tsx'
import { entryOf } from '../state/standing.ts'
import { useHouse, useWindow } from '../state/store.ts'
import styles from './Panes.module.css'
import { SessionLines } from './SessionLines.tsx'

function useSession(id: string): Session | undefined {
  return useHouse(({ projection }) => projection.view?.sessions.find((session) => session.id === id))
}

/** Draws the sign and the word of a session's state. */
export function SessionState({ id }: { readonly id: string }) {
  const session = useSession(id)
  const entry = useHouse(({ projection }) => entryOf(projection.view?.queue ?? [], session?.name ?? ''))
  const stopping = useWindow((state) => state.stopping.includes(id))
  if (session === undefined) return null
  const { shape, tone, word } = tell(session, entry, stopping)
  return (
    <span className={styles['state']} data-tone={tone}>
      <StateMark shape={shape} tone={tone} />
      <span>{word}</span>
    </span>
  )
}

/** Draws the menu of a session behind a “…” button. */
export function SessionMenu({ id }: { readonly id: string }) {
  const session = useSession(id)
  if (session === undefined) return null
  return (
    <Menu
      align="end"
      trigger={
        <IconButton small label={`Session ${session.name}`}>
          <Ellipsis />
        </IconButton>
      }
    >
      <SessionLines id={id} />
    </Menu>
  )
}
