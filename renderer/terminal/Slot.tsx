/** One terminal on show: its header, its screen, what is said at its bottom edge. The screen stays when the session in it changes. */

import { memo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { Shell } from '../../shared/model/shell.ts'
import { keysOf } from '../commands/keys.ts'
import { cx } from '../design/cx.ts'
import { closeShell, openShell, restartShell } from '../state/actions.ts'
import { chooseShell, labelOf, shellAlong, useShellOnShow, useShells, useTabs } from '../state/shells.ts'
import { select, useHouse, useSettings } from '../state/store.ts'
import { Above } from './Above.tsx'
import { Away } from './Away.tsx'
import { Ended } from './Ended.tsx'
import { keep } from './kept.ts'
import type { Screen } from './screen.ts'
import type { Exit } from './showing.ts'
import { ScreenRoom } from './ScreenRoom.tsx'
import { ShellEnded } from './ShellEnded.tsx'
import { SlotHeader, type Place } from './SlotHeader.tsx'
import { startsAgain } from './starting.ts'
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

/** What the chords of a terminal do that lead to another one of the same session. */
function useChords(id: string, name: string, focus: () => void): (keys: string) => (() => void) | null {
  const { shortcuts } = useSettings()
  const shells = useShells(id)
  const along = (step: 1 | -1): void => chooseShell(id, shellAlong(shells, useTabs.getState().chosen, id, step))
  return (keys) => {
    if (keysOf('shell.new', shortcuts).includes(keys)) return () => void openShell({ name }).then((done) => done && focus())
    if (keysOf('shell.next', shortcuts).includes(keys)) return () => along(1)
    return keysOf('shell.previous', shortcuts).includes(keys) ? () => along(-1) : null
  }
}

/** Draws a region: “Terminal” for the selected session, “Terminal of NAME” for the others; “Shell 1 of NAME” while that shows. */
export const Slot = memo(function Slot(props: SlotProps) {
  const { id, place, selected, look, family } = props
  const screen = useRef<Screen | null>(null)
  const lastKey = useRef(Number.NEGATIVE_INFINITY)
  const [exit, setExit] = useState<Exit | null>(null)
  const name = useHouse(({ projection }) => projection.view?.sessions.find((one) => one.id === id)?.name ?? '')

  const shell = useShellOnShow(id)
  const shown = shell?.id ?? id
  const endedAt = useRef(0)
  /** A restart that was asked for: Enter asks for no other one. */
  const underWay = useRef(false)

  const watched = place === 'watched'
  const focus = (): void => screen.current?.focus()
  const chords = useChords(id, name, focus)
  const toClaude = (): void => {
    chooseShell(id, null)
    focus()
  }
  /** Starts an ended shell again; what had the focus goes with its bar, so the keyboard is in the terminal from now on. */
  const again = async (ended: Shell): Promise<void> => {
    focus()
    if (underWay.current) return
    underWay.current = true
    await restartShell(ended)
    underWay.current = false
  }
  const onKey = (event: KeyboardEvent): void => {
    lastKey.current = performance.now()
    if (shell === null || exit === null || !startsAgain(event, performance.now() - endedAt.current)) return
    event.preventDefault()
    event.stopPropagation()
    void again(shell)
  }
  const whose = selected ? 'Terminal' : `Terminal of ${name}`
  return (
    <section
      className={cx(styles['slot'], watched && styles['watched'])}
      aria-label={shell === null ? whose : `${labelOf(shell)} of ${name}`}
      aria-current={(watched && selected) || undefined}
    >
      <SlotHeader {...props} name={name} onFocus={focus} />
      <Above key={`above ${id}`} id={id} selected={selected} lastKey={lastKey} onTerminal={toClaude} onLeave={props.onLeave} />
      <ScreenRoom
        id={shown}
        selected={selected}
        claude={shell === null}
        reached={!watched || selected}
        look={look}
        family={family}
        onScreen={(now) => {
          screen.current = now
        }}
        chords={chords}
        onKey={onKey}
        // Who types here means this one: from now on no change of the cascade shows another one in its place.
        onFocus={place === 'beside' ? undefined : () => select(id)}
        onLeave={props.onLeave}
        onExit={(now) => {
          endedAt.current = performance.now()
          setExit(now)
        }}
        onTyped={(data) => keep(shown, data)}
      />
      <Away
        id={shown}
        shell={shell !== null}
        ended={exit !== null}
        quiet={!selected}
        onType={(text) => screen.current?.type(text)}
        onDone={focus}
      />
      {/* A start that was asked for one session is not another one’s. */}
      {shell === null ? (
        <Ended key={id} id={id} exit={exit} onFocus={focus} />
      ) : (
        <ShellEnded
          key={shown}
          shell={shell}
          exit={exit}
          onRestart={() => again(shell)}
          onClose={() => {
            focus()
            void closeShell(shell)
          }}
        />
      )}
    </section>
  )
})
