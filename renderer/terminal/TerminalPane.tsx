/** The terminal of the selected session: the real Claude Code. Draws the frame around it; its bytes never pass here. */

import { CircleStop, Ellipsis, RotateCcw } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { isLive, type Session } from '../../shared/model/session.ts'
import { Button } from '../design/Button.tsx'
import { IconButton } from '../design/IconButton.tsx'
import { Menu, type MenuLine } from '../design/Menu.tsx'
import type { Shade } from '../design/use-theme.ts'
import { resume, stop } from '../state/actions.ts'
import { onFrame, onOpen, postFrame } from '../state/house.ts'
import { isOrphaned, sentenceOf } from '../state/standing.ts'
import { useAway } from '../state/store.ts'
import { endWords } from './end-words.ts'
import { createScreen, type Screen } from './screen.ts'
import styles from './TerminalPane.module.css'
import { createWire } from './wire.ts'

const wire = createWire(postFrame)
onFrame((bytes) => wire.take(bytes))
onOpen(() => wire.reopen())

/** A session shows before its terminal is there; ask again at this pace, in milliseconds, until its screen comes. */
const NUDGE = 1_500

export type TerminalPaneProps = {
  readonly session: Session
  readonly stopping: boolean
  /** What the menu of the session offers. */
  readonly lines: readonly MenuLine[]
  readonly shade: Shade
  readonly onLeave: () => void
}

type Exit = { readonly code: number | null; readonly signal: number | string | null }

function Header({ session, stopping, lines }: Pick<TerminalPaneProps, 'session' | 'stopping' | 'lines'>) {
  return (
    <header className={styles['header']}>
      <h2 className={styles['name']}>{session.name}</h2>
      <span className={styles['detail']} aria-live="polite">
        {stopping ? 'Stopping…' : session.model}
      </span>
      {lines.length === 0 ? null : (
        <Menu
          align="end"
          trigger={
            <IconButton small label={`Session ${session.name}`}>
              <Ellipsis />
            </IconButton>
          }
          groups={[lines]}
        />
      )}
    </header>
  )
}

/** The bar under the screen, when there is no process to talk to. */
function Ended({ session, stopping, exit }: Pick<TerminalPaneProps, 'session' | 'stopping'> & { readonly exit: Exit | null }) {
  const [starting, setStarting] = useState(false)
  const away = useAway()
  const orphaned = exit === null && isOrphaned(session)
  const ended = exit ?? (isLive(session.state) ? null : (session.exit ?? { code: null, signal: null }))
  if (ended === null && !orphaned) return null
  return (
    <div className={styles['ended']} aria-live="polite">
      <span>{ended === null ? sentenceOf(session) : endWords(session.state, ended)}</span>
      {ended === null ? (
        <Button size="small" icon={<CircleStop />} busy={stopping} refused={away} onClick={() => void stop(session)}>
          Stop
        </Button>
      ) : (
        <Button
          size="small"
          icon={<RotateCcw />}
          busy={starting}
          refused={away}
          onClick={() => {
            setStarting(true)
            void resume(session.name).finally(() => setStarting(false))
          }}
        >
          Start again
        </Button>
      )}
    </div>
  )
}

/** Draws the region “Terminal”. */
export function TerminalPane({ session, stopping, lines, shade, onLeave }: TerminalPaneProps) {
  const element = useRef<HTMLDivElement>(null)
  const screen = useRef<Screen | null>(null)
  const leave = useEffectEvent(() => onLeave())
  const [exit, setExit] = useState<Exit | null>(null)

  useEffect(() => {
    if (element.current === null) return
    const made = createScreen({ element: element.current, wire, onLeave: () => leave(), onExit: setExit })
    screen.current = made
    const nudging = window.setInterval(() => wire.nudge(), NUDGE)
    return () => {
      window.clearInterval(nudging)
      made.dispose()
    }
  }, [])
  useEffect(() => screen.current?.show(session.id), [session.id])
  // The colours are read from the page; the shade says when they changed.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies
  useEffect(() => screen.current?.recolour(), [shade])

  return (
    <section className={styles['pane']} aria-label="Terminal" id="terminal-pane">
      <Header session={session} stopping={stopping} lines={lines} />
      <div className={styles['screen']} data-terminal="" ref={element} />
      <Ended session={session} stopping={stopping} exit={exit} />
    </section>
  )
}
