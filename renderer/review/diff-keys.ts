/** What a key means while the diff itself has the keyboard. Pure. */

export type DiffKey =
  | { readonly kind: 'line'; readonly step: 1 | -1; readonly extend: boolean }
  | { readonly kind: 'comment' | 'less' | 'more' | 'all' | 'fold' }

type Press = {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Takes a press; gives null for what is somebody else's, such as scrolling while no line is selected. */
export function diffKeyOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Press, selected: boolean): DiffKey | null {
  if (ctrlKey || metaKey || altKey) return null
  switch (key) {
    case 'ArrowDown':
      return selected ? { kind: 'line', step: 1, extend: shiftKey } : null
    case 'ArrowUp':
      return selected ? { kind: 'line', step: -1, extend: shiftKey } : null
    case 'Escape':
      return selected ? { kind: 'less' } : null
    case 'c':
      return { kind: 'comment' }
    case '+':
    case '=':
      return { kind: 'more' }
    case '*':
      return { kind: 'all' }
    case 'Enter':
      return { kind: 'fold' }
    default:
      return null
  }
}
