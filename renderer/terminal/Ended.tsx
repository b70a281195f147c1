/** The bar under a terminal that has no process to talk to. */

import { CircleStop, Play } from 'lucide-react'
import { useState } from 'react'
import { isLive } from '../../shared/model/session.ts'
import { Button } from '../design/Button.tsx'
import { resume, stop } from '../state/actions.ts'
import { isOrphaned, isUnprepared, MISSING, sentenceOf } from '../state/standing.ts'
import { useAway, useHouse, useWindow } from '../state/store.ts'
import { endWords } from './end-words.ts'
import { LastOutput } from './LastOutput.tsx'
import type { Exit } from './showing.ts'
import { StartAgain } from './StartAgain.tsx'
import styles from './Terminals.module.css'

type EndedProps = {
  /** The session, by id. */
  readonly id: string
  readonly exit: Exit | null
  /** Puts the keyboard into the terminal. */
  readonly onFocus: () => void
}

/** Says how it ended and offers what can be done; draws nothing while the process is there. */
export function Ended({ id, exit, onFocus }: EndedProps) {
  const [looks, setLooks] = useState(false)
  const session = useHouse(({ projection }) => projection.view?.sessions.find((one) => one.id === id))
  const stopping = useWindow((state) => state.stopping.includes(id))
  const away = useAway()
  if (session === undefined) return null
  // What runs in its terminal before Claude Code, or waits to, has not ended.
  if (session.settingUp === true || session.place !== undefined) return null
  const orphaned = exit === null && isOrphaned(session)
  const live = isLive(session.state)
  const ended = live ? exit : (exit ?? session.exit ?? { code: null, signal: null })
  if (ended === null && !orphaned) return null
  const unprepared = isUnprepared(session)
  const words =
    ended === null || unprepared ? sentenceOf(session) : endWords(session.state, ended, session.claudeSession !== undefined)
  const crashed = session.state === 'crashed' && !unprepared
  return (
    <>
      {crashed && looks ? <LastOutput name={session.name} /> : null}
      <div className={styles['bar']} aria-live="polite">
        <span className={styles['says']}>{words}</span>
        {crashed ? (
          <Button size="small" look="quiet" aria-expanded={looks} onClick={() => setLooks(!looks)}>
            Last output
          </Button>
        ) : null}
        {ended === null ? (
          <Button size="small" icon={<CircleStop />} busy={stopping} refused={away} onClick={() => void stop(session)}>
            Stop
          </Button>
        ) : (
          <StartAgain
            icon={<Play />}
            refused={away ?? (session.repair === undefined ? null : MISSING)}
            start={() => {
              // The button goes as soon as it runs; the next key is for the terminal.
              onFocus()
              return resume(session.name)
            }}
            led
          >
            {unprepared ? 'Retry' : 'Resume'}
          </StartAgain>
        )}
      </div>
    </>
  )
}
