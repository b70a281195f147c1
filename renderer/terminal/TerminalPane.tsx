/** The terminal of the selected session: the real Claude Code. Draws the frame around it; its bytes never pass here. */

import { RotateCcw } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { isLive, type Session } from '../../shared/model/session.ts'
import { Button } from '../design/Button.tsx'
import type { Shade } from '../design/use-theme.ts'
import { resume } from '../state/actions.ts'
import { onFrame, onOpen, postFrame } from '../state/house.ts'
import { endWords } from './end-words.ts'
import { createScreen, type Screen } from './screen.ts'
import styles from './TerminalPane.module.css'
import { createWire } from './wire.ts'

const wire = createWire(postFrame)
onFrame((bytes) => wire.take(bytes))
onOpen(() => wire.reopen())

/** A session shows before its terminal is there; ask again at this pace, in milliseconds, until its screen comes. */
const NUDGE = 1_500

export type TerminalPaneProps = { readonly session: Session; readonly shade: Shade; readonly onLeave: () => void }

type Exit = { readonly code: number | null; readonly signal: number | string | null }

/** Draws the region “Terminal”. */
export function TerminalPane({ session, shade, onLeave }: TerminalPaneProps) {
  const element = useRef<HTMLDivElement>(null)
  const screen = useRef<Screen | null>(null)
  const leave = useEffectEvent(() => onLeave())
  const [exit, setExit] = useState<Exit | null>(null)
  const [starting, setStarting] = useState(false)

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

  const ended = exit ?? (isLive(session.state) ? null : (session.exit ?? { code: null, signal: null }))
  return (
    <section className={styles['pane']} aria-label="Terminal" id="terminal-pane">
      <div className={styles['screen']} data-terminal="" ref={element} />
      {ended === null ? null : (
        <div className={styles['ended']} aria-live="polite">
          <span>{endWords(session.state, ended)}</span>
          <Button
            size="small"
            icon={<RotateCcw />}
            busy={starting}
            onClick={() => {
              setStarting(true)
              void resume(session.name).finally(() => setStarting(false))
            }}
          >
            Start again
          </Button>
        </div>
      )}
    </section>
  )
}
