/** The one-time offer to notify: only after something happened that the user could not be told of. */

import { Button } from '../design/Button.tsx'
import { ToastCard } from '../design/Toasts.tsx'
import styles from './Notify.module.css'
import { askPermission, closeOffer, useNotifying } from './permission.ts'

/** Draws the offer as a message that waits; nothing once it was answered. */
export function NotificationOffer() {
  const missed = useNotifying((state) => state.missed)
  const permission = useNotifying((state) => state.permission)
  if (missed === null || permission !== 'default') return null
  return (
    <ToastCard tone="done" onDismiss={closeOffer}>
      <p>{missed}: that happened while you looked elsewhere. Sluice can tell you next time.</p>
      <div className={styles['row']}>
        <Button size="small" onClick={() => void askPermission().then(closeOffer)}>
          Notify me
        </Button>
        <Button size="small" look="quiet" onClick={closeOffer}>
          No, thanks
        </Button>
      </div>
    </ToastCard>
  )
}
