/** The window before the first snapshot: its bars and surfaces in their places, so that nothing moves when it comes. */

import { EmptyState } from '../design/EmptyState.tsx'
import { useHouse } from '../state/store.ts'
import styles from './Arriving.module.css'
import { recallShape } from './shape.ts'

/** After this many failures in a row it is worth saying what the user can do. */
const PATIENCE = 3

/** Draws the empty frame; in words only after a moment, or when Sluice cannot be reached. */
export function Arriving() {
  const failures = useHouse((state) => state.failures)
  const shape = recallShape()
  return (
    <>
      <div className={styles['top']} />
      {shape === 'welcome' ? null : <div className={styles['cascade']} />}
      <main className={styles['room']} aria-label="Sluice" aria-busy={failures < PATIENCE || undefined}>
        <h1 className="visually-hidden">Sluice</h1>
        {failures < PATIENCE ? (
          <output className={styles['words']}>Connecting to Sluice…</output>
        ) : (
          <EmptyState title="Sluice cannot be reached">
            Open the address that “sluice serve” printed. If Sluice has stopped, start it again first; this page keeps trying.
          </EmptyState>
        )}
      </main>
      {shape === 'welcome' ? null : <div className={styles['status']} />}
    </>
  )
}
