/**
 * Whether Sluice can be reached, said in one place: over the status bar, whose numbers are old then. Nothing else on the page
 * moves when the line goes or comes back.
 */

import { useEffect, useState } from 'react'
import { useHouse } from '../state/store.ts'
import styles from './LineStrip.module.css'

/** After this many failures in a row the host is more likely another one than away. */
const PATIENCE = 5
/** Long enough to be read, then the numbers under it matter more. */
const BACK_FOR = 4_000

type Line = 'there' | 'gone' | 'back'

/** Gone while it is, then back for a moment. */
function useLine(): Line {
  const lost = useHouse((state) => state.connection === 'lost')
  const generation = useHouse((state) => state.projection.view?.generation ?? 0)
  // Back only after it was gone: the first opening is no news. And only once what is shown is fresh.
  const [was, setWas] = useState<Line>('there')
  const [old, setOld] = useState(generation)
  if (lost && was !== 'gone') {
    setWas('gone')
    setOld(generation)
  }
  if (!lost && was === 'gone' && generation !== old) setWas('back')
  useEffect(() => {
    if (was !== 'back') return
    const timer = window.setTimeout(() => setWas('there'), BACK_FOR)
    return () => window.clearTimeout(timer)
  }, [was])
  return was
}

/** Draws the strip; nothing while all is well. */
export function LineStrip() {
  const line = useLine()
  const failures = useHouse((state) => state.failures)
  return (
    <output className={styles['place']} aria-label="Connection">
      {line === 'there' ? null : (
        <span className={styles['strip']} data-line={line}>
          {line === 'back'
            ? 'Sluice is reachable again. Everything shown is up to date.'
            : 'Sluice is not reachable right now. It reconnects by itself, and nothing you typed is lost.'}
          {line === 'gone' && failures > PATIENCE ? ' If it was started anew, open the address it printed.' : null}
        </span>
      )}
    </output>
  )
}
