/** The way back to the newest lines of a terminal that is scrolled up. */

import { ArrowDown } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { useKeys } from '../commands/use-keys.ts'
import { MOST_FRESH, type BearingNow } from './bearing.ts'
import styles from './Screen.module.css'

function wordsOf(fresh: number): string {
  if (fresh === 0) return 'To the bottom'
  if (fresh === 1) return '1 new line'
  return `${fresh < MOST_FRESH ? fresh : `${MOST_FRESH}+`} new lines`
}

type ScrollDownProps = { readonly bearing: BearingNow; readonly onPick: () => void; readonly onDone: () => void }

/** Draws a button; nothing while the newest lines show. */
export function ScrollDown({ bearing, onPick, onDone }: ScrollDownProps) {
  const { above, fresh } = useSyncExternalStore(bearing.subscribe, bearing.now)
  const keys = useKeys('terminal.bottom')
  if (!above) return null
  return (
    <button
      type="button"
      className={styles['down']}
      data-fresh={fresh > 0 || undefined}
      aria-label={`Scroll to the bottom${fresh === 0 ? '' : `, ${wordsOf(fresh)}`}`}
      title={keys === undefined ? undefined : `Scroll to the bottom (${keys})`}
      onClick={() => {
        onPick()
        onDone()
      }}
    >
      <ArrowDown />
      {wordsOf(fresh)}
    </button>
  )
}
