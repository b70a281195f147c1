/** What stands between the header of a terminal and its screen: what its session asks for, and what is to be known of it. */

import { useEffect, useRef, type RefObject } from 'react'
import { useHouse } from '../state/store.ts'
import { askWords } from '../state/standing.ts'
import { Asking } from './Asking.tsx'
import { Remarks } from './Remarks.tsx'
import { useUnhurried } from './use-unhurried.ts'

export type AboveProps = {
  /** The session, by id. */
  readonly id: string
  readonly selected: boolean
  /** When the last key was pressed in the terminal below. */
  readonly lastKey: RefObject<number>
  readonly onTerminal: () => void
  /** Where the focus goes when what had it went away. */
  readonly onLeave: () => void
}

/** Draws it; nothing, and no room for it, while there is nothing to say. */
export function Above({ id, selected, lastKey, onTerminal, onLeave }: AboveProps) {
  const now = useHouse(({ projection }) => projection.view?.sessions.find((one) => one.id === id))
  const session = useUnhurried(now, lastKey)
  const held = useRef<Element | null>(null)
  useEffect(() => {
    // A button that went away must not leave the focus to nobody, nor to the terminal, which would take the next key.
    if (held.current?.isConnected === false && document.activeElement === document.body) onLeave()
    if (held.current?.isConnected === false) held.current = null
  })
  if (session === undefined) return null
  const asks = askWords(session)
  return (
    <>
      <output className="visually-hidden">
        {asks === null ? null : `${session.permission === undefined ? '' : 'Permission for '}${session.name}. ${asks}`}
      </output>
      <div
        onFocus={({ target }) => {
          held.current = target
        }}
      >
        <Asking session={session} selected={selected} onTerminal={onTerminal} />
        <Remarks session={session} />
      </div>
    </>
  )
}
