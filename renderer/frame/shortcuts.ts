/** Keys that work anywhere but where somebody types. The terminal keeps every key of its own. Pure. */

export type Shortcut =
  | { readonly kind: 'select'; readonly number: number }
  | { readonly kind: 'new' }
  | { readonly kind: 'sweep' }
  | { readonly kind: 'terminal' }

export type Pressed = {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  /** Where the key went: into the terminal, a field, a dialog or menu, or none of them. */
  readonly place: 'typing' | 'free'
}

/** Takes a key press; gives what it means, or null. */
export function shortcutOf(pressed: Pressed): Shortcut | null {
  if (pressed.place === 'typing' || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null
  if (/^[1-9]$/u.test(pressed.key)) return { kind: 'select', number: Number(pressed.key) }
  switch (pressed.key.toLowerCase()) {
    case 'n':
      return { kind: 'new' }
    case 'w':
      return { kind: 'sweep' }
    case 't':
      return { kind: 'terminal' }
    default:
      return null
  }
}

const TYPING = 'input, textarea, select, [contenteditable], [data-terminal], [role="dialog"], [role="menu"], [role="log"]'

/** Tells whether a key that went to this element belongs to it. */
export function placeOfKey(target: EventTarget | null): Pressed['place'] {
  return target instanceof Element && target.closest(TYPING) !== null ? 'typing' : 'free'
}
