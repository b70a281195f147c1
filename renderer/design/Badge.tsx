/** A few words or a number in a quiet frame. */

import type { ReactNode } from 'react'
import styles from './Badge.module.css'
import { shortCount } from './short-count.ts'

/** Draws a badge; `tone` colours it, never as the only sign. */
export function Badge({
  tone = 'calm',
  children,
}: {
  readonly tone?: 'calm' | 'good' | 'bad' | 'needs-you'
  readonly children: ReactNode
}) {
  return (
    <span className={styles['badge']} data-tone={tone}>
      {children}
    </span>
  )
}

/** Added and removed lines, the way git writes them; a zero is left out beside what is none. */
export function Size({ insertions, deletions }: { readonly insertions: number; readonly deletions: number }) {
  return (
    <span className={styles['size']}>
      {insertions > 0 || deletions === 0 ? <span className={styles['added']}>+{shortCount(insertions)}</span> : null}
      {insertions > 0 === deletions > 0 ? ' ' : null}
      {deletions > 0 || insertions === 0 ? <span className={styles['removed']}>−{shortCount(deletions)}</span> : null}
    </span>
  )
}
