/** Whether a session gets a worktree of its own, or reads the main checkout: two choices, and what the chosen one means. */

import { useId } from 'react'
import { Choices } from '../design/Choices.tsx'
import styles from './NewSession.module.css'

const CHOICES = [
  { value: 'own', label: 'Own worktree' },
  { value: 'research', label: 'Research' },
] as const

const RESEARCH = 'Read-only in your main checkout, in plan mode; never lands.'

export type KindFieldProps = {
  readonly research: boolean
  /** What one with a worktree of its own is. */
  readonly own: string
  readonly onResearch: (research: boolean) => void
}

/** Draws the choice with a line under it. */
export function KindField({ research, own, onResearch }: KindFieldProps) {
  const id = useId()
  return (
    <div className={styles['kind']}>
      <span className={styles['label']}>Kind</span>
      <Choices
        label="Kind"
        value={research ? 'research' : 'own'}
        choices={CHOICES}
        describedBy={id}
        onChoose={(kind) => onResearch(kind === 'research')}
      />
      <p id={id} className={styles['means']}>
        {research ? RESEARCH : own}
      </p>
    </div>
  )
}
