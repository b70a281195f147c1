/** Short messages at the edge of the window. A fault stays, with its id and a way to copy it; the rest goes by itself. */

import { Copy, X } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from './Button.tsx'
import { IconButton } from './IconButton.tsx'
import styles from './Toasts.module.css'

export type ShownToast = {
  readonly id: number
  readonly tone: 'done' | 'failure' | 'fault'
  readonly message: string
  readonly fault?: string
}

/** Long enough to read a sentence twice. */
const LIFE = { done: 4_000, failure: 12_000 } as const

function Toast({ toast, onDismiss }: { readonly toast: ShownToast; readonly onDismiss: (id: number) => void }) {
  useEffect(() => {
    if (toast.tone === 'fault') return
    const timer = window.setTimeout(() => onDismiss(toast.id), LIFE[toast.tone])
    return () => window.clearTimeout(timer)
  }, [toast, onDismiss])
  const text = toast.fault === undefined ? toast.message : `${toast.message} (fault ${toast.fault})`
  return (
    <li className={styles['toast']} data-tone={toast.tone} role={toast.tone === 'done' ? 'status' : 'alert'}>
      <div className={styles['text']}>
        <p>{toast.message}</p>
        {toast.fault === undefined ? null : (
          <p className={styles['fault']}>
            Fault <code>{toast.fault}</code>
          </p>
        )}
        {toast.tone === 'fault' ? (
          <Button size="small" icon={<Copy />} onClick={() => void navigator.clipboard.writeText(text)}>
            Copy
          </Button>
        ) : null}
      </div>
      <IconButton label="Dismiss" small onClick={() => onDismiss(toast.id)}>
        <X />
      </IconButton>
    </li>
  )
}

/** Draws the messages, newest at the bottom. */
export function Toasts(props: { readonly toasts: readonly ShownToast[]; readonly onDismiss: (id: number) => void }) {
  return (
    <ol className={styles['toasts']} aria-label="Messages">
      {props.toasts.map((toast) => (
        <Toast key={toast.id} toast={toast} onDismiss={props.onDismiss} />
      ))}
    </ol>
  )
}
