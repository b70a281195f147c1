/** What shows while no repository is open: the way to one, what Sluice found on this machine, and a demonstration. */

import { cx } from '../design/cx.ts'
import { Demo } from './Demo.tsx'
import { Findings } from './Findings.tsx'
import { RepositoryChooser } from './RepositoryChooser.tsx'
import { useDrop } from './use-drop.ts'
import { useFound } from './use-found.ts'
import { useOpening } from './use-opening.ts'
import styles from './Welcome.module.css'

/** The mark of the product: three streams through one gate. */
function Mark() {
  return (
    <svg className={styles['mark']} viewBox="0 0 32 32" aria-hidden="true">
      <path
        d="M3 8c7 0 8 8 13 8M3 16h26M3 24c7 0 8-8 13-8"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
      <path d="M19 7v18" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
    </svg>
  )
}

/** Draws the welcome view. A folder may be dropped anywhere on it. */
export function Welcome({ recent, version }: { readonly recent: readonly string[]; readonly version: string }) {
  const opening = useOpening(recent)
  const { over, handlers } = useDrop(opening.drop)
  const found = useFound(null)
  return (
    <main className={cx(styles['welcome'], over && styles['over'])} aria-label="Welcome" {...handlers}>
      <div className={styles['column']}>
        <Mark />
        <h1 className={styles['title']}>Sluice</h1>
        <p className={styles['words']}>
          Several Claude Code sessions on one repository: review in order, land safely, know the cost.
        </p>
        <div className={styles['chooser']}>
          <RepositoryChooser
            recent={recent}
            opening={opening}
            hint="Type its path, choose it, or drop the folder anywhere here."
          />
        </div>
        <div className={styles['more']}>
          <Findings {...found} />
          <Demo />
        </div>
        <p className={styles['version']}>Sluice {version}. Opening a repository changes nothing in it.</p>
      </div>
      {over ? <p className={styles['drop']}>Drop the folder to open it</p> : null}
    </main>
  )
}
