/** One terminal on show: its header, its screen, what is said at its bottom edge. The screen stays when the session in it changes. */

import { memo, useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react'
import { keysOf, pressOf } from '../commands/keys.ts'
import { commandOf } from '../commands/table.ts'
import { cx } from '../design/cx.ts'
import { select, useAway, useHouse, useSettings } from '../state/store.ts'
import { Above } from './Above.tsx'
import { Away } from './Away.tsx'
import { Ended } from './Ended.tsx'
import { keep } from './kept.ts'
import type { Exit, Screen } from './screen.ts'
import { leaveScreen, takeScreen } from './screens.ts'
import { SlotHeader, type Place } from './SlotHeader.tsx'
import styles from './Terminals.module.css'

export type SlotProps = {
  /** The session, by id. */
  readonly id: string
  readonly place: Place
  /** Not the only one on show. */
  readonly paired: boolean
  readonly selected: boolean
  /** Changes whenever the colours or the size of the letters do; they are read from the page. */
  readonly look: string
  readonly family: string
  readonly corner: ReactNode
  readonly menuOf: (session: string) => ReactNode
  readonly stateOf: (session: string) => ReactNode
  readonly onLeave: () => void
}

/** Draws a region: “Terminal” for the selected session, “Terminal of NAME” for the others. */
export const Slot = memo(function Slot(props: SlotProps) {
  const { id, place, selected, look, family } = props
  const element = useRef<HTMLDivElement>(null)
  const screen = useRef<Screen | null>(null)
  const lastKey = useRef(Number.NEGATIVE_INFINITY)
  const [exit, setExit] = useState<Exit | null>(null)
  const name = useHouse(({ projection }) => projection.view?.sessions.find((one) => one.id === id)?.name ?? '')
  const away = useAway() !== null
  const { shortcuts } = useSettings()

  const onLeave = useEffectEvent(() => props.onLeave())
  const onTyped = useEffectEvent((data: string) => keep(id, data))
  const leaves = useEffectEvent((event: KeyboardEvent) => {
    const own = keysOf('pane.leave-terminal', shortcuts)
    // There is always a way out.
    const keys = own.length === 0 ? commandOf('pane.leave-terminal').keys : own
    return keys.includes(pressOf(event) ?? '')
  })
  useEffect(() => {
    if (element.current === null) return
    const taken = takeScreen()
    screen.current = taken
    taken.mount(element.current, {
      leaves: (event) => leaves(event),
      onLeave: () => onLeave(),
      onTyped: (data) => onTyped(data),
      onExit: setExit,
    })
    return () => {
      screen.current = null
      leaveScreen(taken)
    }
  }, [])
  useEffect(() => screen.current?.hold(away), [away])
  useEffect(() => screen.current?.show(id), [id])
  useEffect(() => screen.current?.reach(place !== 'watched' || selected), [place, selected])
  // oxlint-disable-next-line react/exhaustive-effect-dependencies
  useEffect(() => screen.current?.restyle(), [look, family])

  const watched = place === 'watched'
  const focus = (): void => screen.current?.focus()
  return (
    <section
      className={cx(styles['slot'], watched && styles['watched'])}
      aria-label={selected ? 'Terminal' : `Terminal of ${name}`}
      aria-current={(watched && selected) || undefined}
    >
      <SlotHeader {...props} name={name} onFocus={focus} />
      <Above key={`above ${id}`} id={id} selected={selected} lastKey={lastKey} onTerminal={focus} onLeave={props.onLeave} />
      <div
        className={styles['screen']}
        style={{ fontFamily: family }}
        data-terminal={id}
        data-selected={selected || undefined}
        ref={element}
        onKeyDownCapture={() => {
          lastKey.current = performance.now()
        }}
        // Who types here means this one: from now on no change of the cascade shows another one in its place.
        onFocus={place === 'beside' ? undefined : () => select(id)}
      />
      <Away id={id} ended={exit !== null} quiet={!selected} onType={(text) => screen.current?.type(text)} onDone={focus} />
      {/* A start that was asked for one session is not another one’s. */}
      <Ended key={id} id={id} exit={exit} />
    </section>
  )
})
