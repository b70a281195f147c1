/** What shows while no repository is open. */

import { RepositoryChooser } from './OpenRepository.tsx'
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

/** Draws the welcome view. */
export function Welcome({ recent, version }: { readonly recent: readonly string[]; readonly version: string }) {
  return (
    <main className={styles['welcome']} aria-label="Welcome">
      <div className={styles['column']}>
        <Mark />
        <h1 className={styles['title']}>Sluice</h1>
        <p className={styles['words']}>
          Several Claude Code sessions on one repository: review in order, land safely, know the cost.
        </p>
        <div className={styles['chooser']}>
          <RepositoryChooser recent={recent} />
        </div>
        <p className={styles['version']}>Sluice {version}. Opening a repository changes nothing in it.</p>
      </div>
    </main>
  )
}
