/** The bar under a terminal that has no process to talk to. */

import { CircleStop, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { isLive } from '../../shared/model/session.ts'
import { Button } from '../design/Button.tsx'
import { resume, stop } from '../state/actions.ts'
import { isOrphaned, sentenceOf } from '../state/standing.ts'
import { useAway, useHouse, useWindow } from '../state/store.ts'
import { endWords } from './end-words.ts'
import type { Exit } from './screen.ts'
import styles from './Terminals.module.css'

/** Says how it ended and offers what can be done; draws nothing while the process is there. */
export function Ended({ id, exit }: { readonly id: string; readonly exit: Exit | null }) {
  const [starting, setStarting] = useState(false)
  const session = useHouse(({ projection }) => projection.view?.sessions.find((one) => one.id === id))
  const stopping = useWindow((state) => state.stopping.includes(id))
  const away = useAway()
  if (session === undefined) return null
  const orphaned = exit === null && isOrphaned(session)
  const ended = exit ?? (isLive(session.state) ? null : (session.exit ?? { code: null, signal: null }))
  if (ended === null && !orphaned) return null
  return (
    <div className={styles['bar']} aria-live="polite">
      <span className={styles['says']}>{ended === null ? sentenceOf(session) : endWords(session.state, ended)}</span>
      {ended === null ? (
        <Button size="small" icon={<CircleStop />} busy={stopping} refused={away} onClick={() => void stop(session)}>
          Stop
        </Button>
      ) : (
        <Button
          size="small"
          data-start-again=""
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
