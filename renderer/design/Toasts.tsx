/**
 * Short messages at the edge of the window. A fault stays, with its id and a way to copy it; the rest goes by itself, but
 * never while somebody looks at it: pointer or keyboard on them stops their clocks. F6 leads to them and back.
 */

import { X } from 'lucide-react'
import { useEffect, useRef, useState, type FocusEvent, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { Button } from './Button.tsx'
import { CopyButton } from './CopyButton.tsx'
import { IconButton } from './IconButton.tsx'
import styles from './Toasts.module.css'

export type ShownToast = {
  readonly id: number
  readonly tone: 'done' | 'failure' | 'fault'
  readonly message: string
  readonly fault?: string
  readonly action?: { readonly label: string; readonly onPick: () => void }
}

/** Long enough to read a sentence twice. */
const LIFE = { done: 4_000, failure: 12_000 } as const
/** Long enough to decide. */
const LIFE_WITH_ACTION = 12_000

type CardProps = {
  readonly tone: ShownToast['tone']
  readonly children: ReactNode
  readonly onDismiss: () => void
}

/** Draws one message; also one that is not a toast but a question that can wait. */
export function ToastCard({ tone, children, onDismiss }: CardProps) {
  return (
    <div className={styles['toast']} data-tone={tone} role={tone === 'done' ? 'status' : 'alert'}>
      <div className={styles['text']}>{children}</div>
      <IconButton label="Dismiss" small onClick={onDismiss}>
        <X />
      </IconButton>
    </div>
  )
}

type ToastProps = { readonly toast: ShownToast; readonly held: boolean; readonly onDismiss: (id: number) => void }

function Toast({ toast, held, onDismiss }: ToastProps) {
  const { id, tone, message, fault, action } = toast
  const lasts = tone === 'fault' ? null : action === undefined ? LIFE[tone] : LIFE_WITH_ACTION
  useEffect(() => {
    if (lasts === null || held) return
    const timer = window.setTimeout(() => onDismiss(id), lasts)
    return () => window.clearTimeout(timer)
  }, [id, lasts, held, onDismiss])
  return (
    <ToastCard tone={tone} onDismiss={() => onDismiss(id)}>
      <p>{message}</p>
      {fault === undefined ? null : (
        <p className={styles['fault']}>
          Fault <code>{fault}</code>
        </p>
      )}
      {action === undefined ? null : (
        <Button
          size="small"
          onClick={() => {
            action.onPick()
            onDismiss(id)
          }}
        >
          {action.label}
        </Button>
      )}
      {tone === 'fault' ? (
        <CopyButton size="small" text={fault === undefined ? message : `${message} (fault ${fault})`}>
          Copy
        </CopyButton>
      ) : null}
    </ToastCard>
  )
}

export type ToastsProps = {
  readonly toasts: readonly ShownToast[]
  readonly onDismiss: (id: number) => void
  /** More cards, above the messages. */
  readonly children?: ReactNode
}

/** Draws the messages, newest at the bottom. */
export function Toasts({ toasts, onDismiss, children }: ToastsProps) {
  const list = useRef<HTMLElement>(null)
  const cameFrom = useRef<HTMLElement | null>(null)
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  /** Stays when what had the keyboard goes away, which is told as a blur to nowhere. */
  const inside = useRef(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const region = list.current
      if (event.key !== 'F6' || region === null || region.childElementCount === 0) return
      event.preventDefault()
      const active = document.activeElement
      if (region.contains(active)) return cameFrom.current?.focus()
      cameFrom.current = active instanceof HTMLElement ? active : null
      region.querySelector<HTMLElement>('button, a')?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  // After every drawing: a card that is gone has taken the keyboard with it.
  useEffect(() => {
    if (!inside.current || document.activeElement !== document.body) return
    const next = list.current?.querySelector<HTMLElement>('button, a') ?? null
    inside.current = next !== null
    ;(next ?? cameFrom.current)?.focus()
  })
  return createPortal(
    // The pointer and the keyboard are only watched here, to stop the clocks.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={list}
      className={styles['toasts']}
      aria-label="Messages"
      // Each card announces itself; what has this attribute stays readable behind an open dialog.
      aria-live="off"
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => {
        inside.current = true
        setFocused(true)
      }}
      onBlur={(event: FocusEvent) => {
        const stays = event.currentTarget.contains(event.relatedTarget)
        if (event.relatedTarget !== null) inside.current = stays
        setFocused(stays)
      }}
    >
      {children}
      {toasts.map((toast) => (
        <Toast key={toast.id} toast={toast} held={pointed || focused} onDismiss={onDismiss} />
      ))}
    </section>,
    document.body,
  )
}
