/** What is to be known before one more session starts: quiet lines that stop nobody. */

import { TriangleAlert } from 'lucide-react'
import { Banner } from '../design/Banner.tsx'
import styles from './NewSession.module.css'
import { ToLimit } from './ToLimit.tsx'
import type { Room } from './warnings.ts'

/** Draws who owns the same files; nothing for null. */
export function OverlapWarning({ of }: { readonly of: string | null }) {
  return (
    <div className={styles['warning']} aria-live="polite">
      {of === null ? null : (
        <>
          <TriangleAlert aria-hidden="true" />
          <p>{of}</p>
        </>
      )}
    </div>
  )
}

/** Draws how many run already, near the button; the limit leads to its setting and back. Nothing for null. */
export function RoomWarning({ of }: { readonly of: Room | null }) {
  return (
    <div className={styles['room']}>
      {of === null ? null : <Banner action={of.kind === 'full' ? <ToLimit /> : null}>{of.text}</Banner>}
    </div>
  )
}
