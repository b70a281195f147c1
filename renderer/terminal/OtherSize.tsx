/** Says that another window sizes a terminal, and takes its size back. */

import { useSyncExternalStore } from 'react'
import type { Sharing } from './sharing.ts'
import styles from './Screen.module.css'

/** Draws a line that can be clicked; nothing while the terminal has the size of its place. */
export function OtherSize({ sharing, onPick }: { readonly sharing: Sharing; readonly onPick: () => void }) {
  const lasts = useSyncExternalStore(sharing.subscribe, sharing.lasts)
  if (!lasts) return null
  return (
    <button type="button" className={styles['other']} onClick={onPick}>
      Shown at the size of another window. Click to size it here.
    </button>
  )
}
