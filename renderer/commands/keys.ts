/** Which press is which keys, which keys a command has and may have, and how a person reads them. Pure. */

import type { Settings } from '../../shared/model/settings.ts'
import { hasCases, NAMED, parseKeys, partsOf, written, type Modifier } from './chord.ts'
import { ON_MAC } from './on-mac.ts'
import { COMMAND_IDS, commandOf, type CommandId } from './table.ts'

type Shortcuts = Settings['shortcuts']

/** What is to be known of a key press; a `KeyboardEvent` fits. */
export type Press = {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly isComposing?: boolean
  readonly getModifierState?: (name: 'AltGraph') => boolean
}

/** The letter or digit at a place of the keyboard: only for presses whose character says nothing. */
function keyOfPlace(code: string): string | null {
  const [, letter, digit] = /^(?:Key([A-Z])|Digit([0-9]))$/u.exec(code) ?? []
  return letter?.toLowerCase() ?? digit ?? null
}

/** The key of a press: the character as the user's layout has it, or the name of the key. */
function keyOf({ key, code, altKey }: Press, mac: boolean): string | null {
  if (code === 'Space' || key === ' ') return 'space'
  // There Option makes another character of every key, often none that can be written down.
  if (mac && altKey && keyOfPlace(code) !== null) return keyOfPlace(code)
  if ([...key].length !== 1) return NAMED.has(key.toLowerCase()) ? key.toLowerCase() : null
  // A letter of another alphabet: what counts is its place.
  if (/\p{L}/u.test(key) && !/\p{Script=Latin}/u.test(key)) return keyOfPlace(code) ?? key.toLowerCase()
  return key.toLowerCase()
}

/** The keys that a press is, as text; null for a modifier alone, a part of a composed character, and what the system keeps. */
export function pressOf(press: Press, mac = ON_MAC): string | null {
  const key = press.isComposing === true ? null : keyOf(press, mac)
  if (key === null || (!mac && press.metaKey)) return null
  // AltGr writes characters; some systems report it as Ctrl and Alt.
  const writes = !NAMED.has(key) && press.getModifierState?.('AltGraph') === true
  const modifiers = new Set<Modifier>()
  if (mac ? press.metaKey : press.ctrlKey && !writes) modifiers.add('mod')
  if (mac && press.ctrlKey) modifiers.add('ctrl')
  if (press.altKey && !writes) modifiers.add('alt')
  // Where Shift makes another character, that character says it already.
  if (press.shiftKey && (NAMED.has(key) || hasCases(key))) modifiers.add('shift')
  return written(modifiers, key)
}

/** The keys that run a command: the user's own, else its usual ones. Whatever was set, there is a way out of the terminal, and it costs no program a key. */
export function keysOf(id: CommandId, shortcuts: Shortcuts, mac = ON_MAC): readonly string[] {
  const own = shortcuts[id]?.flatMap((keys) => parseKeys(keys, mac) ?? [])
  if (id !== 'pane.leave-terminal') return own ?? commandOf(id).keys
  const free = own?.filter((keys) => leavesTerminal(keys, mac)) ?? []
  return free.length === 0 ? commandOf(id).keys : free
}

/** The command that the keys run, or null. What the user set goes before what is usual. */
export function commandAt(keys: string, shortcuts: Shortcuts): CommandId | null {
  const having = COMMAND_IDS.filter((id) => keysOf(id, shortcuts).includes(keys))
  return having.find((id) => shortcuts[id] !== undefined) ?? having[0] ?? null
}

/** The other command that has these keys already, or null. */
export function conflictOf(keys: string, id: CommandId, shortcuts: Shortcuts): CommandId | null {
  return COMMAND_IDS.find((other) => other !== id && keysOf(other, shortcuts).includes(keys)) ?? null
}

const BROWSERS_OWN: ReadonlySet<string> = new Set([
  'mod+n',
  'mod+t',
  'mod+w',
  'mod+q',
  'mod+shift+n',
  'mod+shift+t',
  'mod+shift+w',
])
const EDITING: ReadonlySet<string> = new Set(
  ['c', 'v', 'x', 'a', 'z', 'y', 'shift+z', 'shift+v', 'enter', 'backspace', 'delete', 'arrowleft', 'arrowright'].map(
    (keys) => `mod+${keys}`,
  ),
)
/** With or without Shift these move in the page, or press what has the focus. */
const MOVING =
  /^(?:shift\+)?(?:tab|enter|escape|space|backspace|delete|home|end|pageup|pagedown|arrowleft|arrowright|arrowup|arrowdown)$/u

/** Why a command cannot have these keys, in a sentence; null when it can. `browser`: the page is in one, which keeps some keys. */
export function refusedKeys(
  id: CommandId,
  keys: string,
  shortcuts: Shortcuts,
  { browser = true, mac = ON_MAC }: { readonly browser?: boolean; readonly mac?: boolean } = {},
): string | null {
  const shown = shownKeys(keys, mac)
  if (parseKeys(keys, mac) !== keys) return 'These are no keys that can be pressed together.'
  if (MOVING.test(keys))
    return `${shown} moves in the window or presses what has the focus; add ${shownKeys('mod', mac)} or take another key.`
  if (EDITING.has(keys)) return `${shown} is needed where you edit text.`
  if (browser && BROWSERS_OWN.has(keys)) return `${shown} is the browser’s own; it never gets here.`
  if (keys === 'f6') return 'F6 leads to the messages at the edge of the window.'
  if (/^[1-9]$/u.test(keys)) return 'The keys 1 to 9 go to the sessions.'
  if (id === 'pane.leave-terminal' && !leavesTerminal(keys, mac)) {
    return mac
      ? 'Add ⌘: every other key is for the program in the terminal.'
      : 'Add Ctrl and Shift, or Ctrl and Alt: every other key is for the program in the terminal.'
  }
  const other = conflictOf(keys, id, shortcuts)
  return other === null ? null : `${shown} is used by “${commandOf(other).title}”.`
}

/** True for a chord that no program in a terminal needs. */
export function leavesTerminal(keys: string, mac = ON_MAC): boolean {
  const { modifiers } = partsOf(keys)
  return modifiers.includes('mod') && (mac || modifiers.includes('shift') || modifiers.includes('alt'))
}

/** Why a command cannot be without keys, in a sentence; null when it can. */
export function refusedNone(id: CommandId): string | null {
  return id === 'pane.leave-terminal' ? 'Without these keys the keyboard alone could not leave the terminal.' : null
}

const SIGNS: Readonly<Record<string, readonly [mac: string, other: string]>> = {
  mod: ['⌘', 'Ctrl'],
  ctrl: ['⌃', 'Ctrl'],
  alt: ['⌥', 'Alt'],
  shift: ['⇧', 'Shift'],
  arrowleft: ['←', '←'],
  arrowright: ['→', '→'],
  arrowup: ['↑', '↑'],
  arrowdown: ['↓', '↓'],
  enter: ['↩', 'Enter'],
  escape: ['Esc', 'Esc'],
  backspace: ['⌫', 'Backspace'],
  delete: ['⌦', 'Del'],
  pageup: ['Page Up', 'Page Up'],
  pagedown: ['Page Down', 'Page Down'],
}

/** The order in which a Mac writes modifiers. */
const MAC_ORDER = ['ctrl', 'alt', 'shift', 'mod']

/** Keys as a person reads them, one sign for each: “⌘”, “K” on macOS, “Ctrl”, “K” elsewhere. */
export function signsOf(keys: string, mac = ON_MAC): readonly string[] {
  const { modifiers, key } = partsOf(keys)
  const ordered = mac ? modifiers.toSorted((a, b) => MAC_ORDER.indexOf(a) - MAC_ORDER.indexOf(b)) : modifiers
  return [...ordered, key].map((part) => SIGNS[part]?.[mac ? 0 : 1] ?? `${part[0]?.toUpperCase() ?? ''}${part.slice(1)}`)
}

/** Keys as a person reads them in one piece: “⌘K” on macOS, “Ctrl+K” elsewhere. */
export function shownKeys(keys: string, mac = ON_MAC): string {
  return signsOf(keys, mac).join(mac ? '' : '+')
}
