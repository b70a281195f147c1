/** The terminals on show: the selected session's, another beside it, or up to six to watch. Decides nothing; bytes never pass here. */

import { useEffect, useState, type CSSProperties, type ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { Shade } from '../design/use-theme.ts'
import { usePanes } from '../state/panes.ts'
import { cascadeOf } from '../state/standing.ts'
import { sessionOnShow, useHouse, useSettings, useWindow } from '../state/store.ts'
import { familyOf } from '../state/font.ts'
import { Questions } from './Questions.tsx'
import { nudge } from './screens.ts'
import { columnsFor, onShow, seated, type Seats } from './seats.ts'
import { Slot } from './Slot.tsx'
import styles from './Terminals.module.css'
import { ViewButtons } from './ViewButtons.tsx'

/** Screens that did not come are asked for again at this pace, in milliseconds. */
const NUDGE = 1_500

export type TerminalsProps = {
  readonly shade: Shade
  /** The buttons of the pane, for its upper right corner. */
  readonly corner: ReactNode
  /** The menu of a session. */
  readonly menuOf: (session: string) => ReactNode
  /** The state of a session: its sign and its word. */
  readonly stateOf: (session: string) => ReactNode
  readonly onLeave: () => void
}

/** Gives, by id and in order, the sessions whose terminals show, and which of them is the selected one. */
function useOnShow(): { readonly ids: readonly string[]; readonly selected: string | null } {
  const chosen = useWindow((state) => state.selected)
  const { terminals, beside } = usePanes(useShallow((panes) => ({ terminals: panes.terminals, beside: panes.beside })))
  const selected = useHouse(({ projection }) => sessionOnShow(projection.view?.sessions ?? [], chosen)?.id ?? null)
  const [before, setBefore] = useState<readonly string[]>([])
  const ids = useHouse(
    useShallow(({ projection }) =>
      selected === null ? [] : onShow(cascadeOf(projection.view?.sessions ?? []), selected, { terminals, beside, before }),
    ),
  )
  if (ids !== before) setBefore(ids)
  return { ids, selected }
}

function Watching({ shown, children }: { readonly shown: number; readonly children: ReactNode }) {
  const all = useHouse(({ projection }) => cascadeOf(projection.view?.sessions ?? []).length)
  return (
    <header className={styles['header']}>
      <h2 className={styles['name']}>Watching</h2>
      <span className={styles['detail']}>{shown === all ? `${all} sessions` : `${shown} of ${all} sessions`}</span>
      {children}
    </header>
  )
}

/** Draws the terminals; the selected session's is the region “Terminal”. */
export function Terminals({ shade, corner, menuOf, stateOf, onLeave }: TerminalsProps) {
  const { ids, selected } = useOnShow()
  const terminals = usePanes((panes) => panes.terminals)
  const { terminalFont, terminalFontSize } = useSettings()
  const [before, setBefore] = useState<Seats>([])
  const seats = seated(before, ids)
  if (seats !== before) setBefore(seats)
  useEffect(() => {
    const nudging = window.setInterval(nudge, NUDGE)
    return () => window.clearInterval(nudging)
  }, [])

  const buttons = (
    <span className={styles['corner']}>
      <span className={styles['views']}>
        <ViewButtons />
      </span>
      {corner}
    </span>
  )
  const place = (at: number) => (terminals === 'grid' ? 'watched' : at === 0 ? 'first' : 'beside')
  const last = ids.length - 1
  return (
    <div
      id="terminal-pane"
      className={styles['pane']}
      style={{ '--term-size': `${terminalFontSize}px`, '--columns': columnsFor(ids.length) } as CSSProperties}
    >
      {terminals === 'grid' ? <Watching shown={ids.length}>{buttons}</Watching> : null}
      <div className={styles['terminals']} data-view={terminals}>
        {ids.map((id, at) => (
          <Slot
            key={seats.indexOf(id)}
            id={id}
            place={place(at)}
            paired={ids.length > 1}
            selected={id === selected}
            look={`${shade} ${terminals} ${terminalFontSize}`}
            family={familyOf(terminalFont)}
            corner={terminals !== 'grid' && at === last ? buttons : null}
            menuOf={menuOf}
            stateOf={stateOf}
            onLeave={onLeave}
          />
        ))}
      </div>
      <Questions />
    </div>
  )
}
