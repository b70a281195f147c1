/** Whether this browser lets Sluice notify, as one line of the settings, with the button that asks. */

import { useEffect } from 'react'
import { Button } from '../design/Button.tsx'
import styles from './Notify.module.css'
import { askPermission, rereadPermission, useNotifying, type Permission } from './permission.ts'

const WORDS: Readonly<Record<Permission, string>> = {
  granted: 'Notifications are allowed here.',
  default: 'Notifications are not allowed yet.',
  denied: 'Notifications are blocked for this page. Allow them in your browser’s settings for this page.',
  none: 'This browser shows no notifications for this page. The window’s title still says how many wait.',
}

/** Draws the line. */
export function NotificationPermission() {
  const permission = useNotifying((state) => state.permission)
  useEffect(() => {
    const reread = (): void => void rereadPermission()
    reread()
    window.addEventListener('focus', reread)
    return () => window.removeEventListener('focus', reread)
  }, [])
  return (
    <div className={styles['row']}>
      <output className={styles['words']}>{WORDS[permission]}</output>
      {permission === 'default' ? (
        <Button size="small" onClick={() => void askPermission()}>
          Allow notifications
        </Button>
      ) : null}
    </div>
  )
}
