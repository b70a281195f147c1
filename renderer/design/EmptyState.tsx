/** What a place says when it has nothing to show: one line of fact, one of what to do. */

import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

/** Draws the words in the middle of the free space. */
export function EmptyState(props: { readonly title: string; readonly children?: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className={styles['empty']}>
      <p className={styles['title']}>{props.title}</p>
      {props.children === undefined ? null : <p className={styles['words']}>{props.children}</p>}
      {props.action}
    </div>
  )
}
