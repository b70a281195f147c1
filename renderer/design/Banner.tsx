/** One sentence across a pane or the window, with at most one thing to do about it. */

import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './Banner.module.css'
import { IconButton } from './IconButton.tsx'

export type BannerProps = {
  readonly tone?: 'calm' | 'needs-you' | 'bad'
  readonly children: ReactNode
  readonly action?: ReactNode
  readonly onDismiss?: (() => void) | undefined
}

/** Draws a banner. Bad news is announced at once, the rest when there is time. */
export function Banner({ tone = 'calm', children, action, onDismiss }: BannerProps) {
  return (
    <div className={styles['banner']} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <p className={styles['words']}>{children}</p>
      {action}
      {onDismiss === undefined ? null : (
        <IconButton label="Dismiss" small onClick={onDismiss}>
          <X />
        </IconButton>
      )}
    </div>
  )
}
