/** The room of one screen on the page: puts a screen into it, and over it what belongs to the screen itself. Knows no sessions. */

import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent as ReactKeyboardEvent } from 'react'
import { keysOf, leavesTerminal, pressOf } from '../commands/keys.ts'
import { commandOf } from '../commands/table.ts'
import { ContextMenu } from '../design/Menu.tsx'
import { useAway, useSettings } from '../state/store.ts'
import { onTerminalAsk, TERMINAL_ASKS, type TerminalAsk } from '../state/terminal-asks.ts'
import { doInScreen } from './doing.ts'
import { Find } from './Find.tsx'
import { MouseHint } from './MouseHint.tsx'
import { OtherSize } from './OtherSize.tsx'
import type { Screen } from './screen.ts'
import type { Exit } from './showing.ts'
import { ScreenLines } from './ScreenLines.tsx'
import { leaveScreen, takeScreen } from './screens.ts'
import { ScrollDown } from './ScrollDown.tsx'
import styles from './Screen.module.css'
import slot from './Terminals.module.css'

export type ScreenRoomProps = {
  /** The terminal it shows, by id. */
  readonly id: string
  readonly selected: boolean
  /** It is Claude Code’s, and not a shell’s. */
  readonly claude: boolean
  /** Whether Tab leads into it. */
  readonly reached: boolean
  /** Changes whenever the colours or the size of the letters do; they are read from the page. */
  readonly look: string
  readonly family: string
  /** Told which screen is in it, for what stands around it; null when it goes. */
  readonly onScreen: (screen: Screen | null) => void
  /** What a chord that no program needs does here; null for one that is the program’s. */
  readonly chords: (keys: string) => (() => void) | null
  /** Before the terminal gets the press; it does not when that is stopped. */
  readonly onKey: (event: ReactKeyboardEvent) => void
  readonly onFocus: (() => void) | undefined
  readonly onLeave: () => void
  readonly onExit: (exit: Exit | null) => void
  readonly onTyped: (data: string) => void
}

/** Draws the room; the screen in it stays when it shows another terminal. */
export function ScreenRoom(props: ScreenRoomProps) {
  const { id, selected, reached, look, family } = props
  const element = useRef<HTMLDivElement>(null)
  const screen = useRef<Screen | null>(null)
  const [taken, setTaken] = useState<Screen | null>(null)
  /** In which terminal, and how often it was asked for. */
  const [finding, setFinding] = useState<{ readonly id: string; readonly times: number } | null>(null)
  const away = useAway() !== null
  const { shortcuts, scrollback, copyOnSelect } = useSettings()

  const onScreen = useEffectEvent((now: Screen | null) => {
    screen.current = now
    setTaken(now)
    props.onScreen(now)
  })
  const onLeave = useEffectEvent(() => props.onLeave())
  const onExit = useEffectEvent((exit: Exit | null) => props.onExit(exit))
  const onTyped = useEffectEvent((data: string) => props.onTyped(data))
  const leaves = useEffectEvent((event: KeyboardEvent) => {
    const own = keysOf('pane.leave-terminal', shortcuts)
    // There is always a way out.
    const keys = own.length === 0 ? commandOf('pane.leave-terminal').keys : own
    return keys.includes(pressOf(event) ?? '')
  })
  const perform = (ask: TerminalAsk): void => {
    if (ask === 'find') setFinding((before) => ({ id, times: before?.id === id ? before.times + 1 : 1 }))
    else if (screen.current !== null) doInScreen(screen.current, ask)
  }
  const asks = useEffectEvent((event: KeyboardEvent) => {
    const press = pressOf(event)
    if (press === null || !leavesTerminal(press)) return null
    const ask = TERMINAL_ASKS.find((one) => keysOf(`terminal.${one}`, shortcuts).includes(press))
    return ask === undefined ? props.chords(press) : () => perform(ask)
  })
  const onAsk = useEffectEvent((ask: TerminalAsk) => selected && perform(ask))

  useEffect(() => {
    if (element.current === null) return
    const mine = takeScreen()
    onScreen(mine)
    mine.mount(element.current, {
      leaves: (event) => leaves(event),
      onLeave: () => onLeave(),
      asks: (event) => asks(event),
      onTyped: (data) => onTyped(data),
      onExit: (exit) => onExit(exit),
    })
    return () => {
      onScreen(null)
      leaveScreen(mine)
    }
  }, [])
  useEffect(() => screen.current?.heed({ scrollback, copyOnSelect }), [scrollback, copyOnSelect])
  useEffect(() => screen.current?.hold(away), [away])
  useEffect(() => screen.current?.show(id), [id])
  useEffect(() => screen.current?.reach(reached), [reached])
  // oxlint-disable-next-line react/exhaustive-effect-dependencies
  useEffect(() => screen.current?.restyle(), [look, family])
  useEffect(() => onTerminalAsk((ask) => onAsk(ask)), [])

  const focus = (): void => screen.current?.focus()
  return (
    <div className={styles['room']}>
      <ContextMenu
        lastFocus={() => element.current?.querySelector('textarea') ?? null}
        trigger={
          <div
            className={slot['screen']}
            style={{ fontFamily: family }}
            data-terminal={id}
            data-selected={selected || undefined}
            ref={element}
            onKeyDownCapture={props.onKey}
            onFocus={props.onFocus}
          />
        }
      >
        <ScreenLines screen={screen} onPick={perform} />
      </ContextMenu>
      {taken === null ? null : (
        <>
          {finding?.id !== id ? (
            <div className={styles['notes']}>
              {/* Without a House there is nobody to ask for another size, and no other window is to blame. */}
              {away ? null : (
                <OtherSize
                  sharing={taken.sharing}
                  onPick={() => {
                    taken.claim()
                    focus()
                  }}
                />
              )}
              <MouseHint bearing={taken.bearing} claude={props.claude} onDone={focus} />
            </div>
          ) : (
            <Find
              key={id}
              asked={finding.times}
              finder={taken.finder}
              onClose={() => {
                setFinding(null)
                focus()
              }}
            />
          )}
          <ScrollDown bearing={taken.bearing} onPick={() => perform('bottom')} onDone={focus} />
        </>
      )}
    </div>
  )
}
