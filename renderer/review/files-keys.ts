/** What a key means while the list of files has the keyboard. Letters stay the window’s own. Pure. */

import { parentOf, type Row } from './files.ts'

export type FileKey =
  | { readonly kind: 'to'; readonly at: number }
  | { readonly kind: 'fold'; readonly fold: boolean }
  | { readonly kind: 'open' | 'view' | 'filter' }

type Press = {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Takes a press, the rows, which of them has the keyboard, and how many are in sight; null for what is somebody else’s. */
export function fileKeyOf(
  { key, ctrlKey, metaKey, altKey, shiftKey }: Press,
  rows: readonly Row[],
  at: number,
  page: number,
): FileKey | null {
  if (ctrlKey || metaKey || altKey || shiftKey) return null
  const row = rows[at]
  const to = (next: number): FileKey => ({ kind: 'to', at: Math.max(0, Math.min(rows.length - 1, next)) })
  switch (key) {
    case 'ArrowDown':
      return to(at + 1)
    case 'ArrowUp':
      return to(at - 1)
    case 'PageDown':
      return to(at + page)
    case 'PageUp':
      return to(at - page)
    case 'Home':
      return to(0)
    case 'End':
      return to(rows.length - 1)
    case 'ArrowRight':
      if (row === undefined || row.kind === 'file') return null
      return row.open ? to(at + 1) : { kind: 'fold', fold: false }
    case 'ArrowLeft': {
      if (row !== undefined && row.kind !== 'file' && row.open) return { kind: 'fold', fold: true }
      return to(parentOf(rows, at) ?? at)
    }
    case 'Enter':
      return row === undefined ? null : { kind: 'open' }
    case ' ':
    case 'v':
      return row === undefined ? null : { kind: 'view' }
    case '/':
      return { kind: 'filter' }
    default:
      return null
  }
}
