/** How keys are written down, such as “mod+shift+k”: modifiers in one order, then a character or the name of a key. Pure. */

import { ON_MAC } from './on-mac.ts'

/** `mod` is Cmd on macOS and Ctrl elsewhere; `ctrl` is macOS's own. */
export const MODIFIERS = ['mod', 'ctrl', 'alt', 'shift'] as const
export type Modifier = (typeof MODIFIERS)[number]

/** Keys that have a name instead of a character. */
export const NAMED: ReadonlySet<string> = new Set(
  `space enter escape tab backspace delete insert home end pageup pagedown arrowleft arrowright arrowup arrowdown
  f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12 f13 f14 f15 f16 f17 f18 f19 f20 f21 f22 f23 f24`.split(/\s+/u),
)

/** True for a letter, which Shift makes another case of and no other character. */
export const hasCases = (key: string): boolean => !NAMED.has(key) && key.toLowerCase() !== key.toUpperCase()

/** Writes keys down. */
export function written(modifiers: ReadonlySet<Modifier>, key: string): string {
  return [...MODIFIERS.filter((one) => modifiers.has(one)), key].join('+')
}

/** The parts of keys: “mod++” is mod and the character +. */
export function partsOf(keys: string): { readonly modifiers: readonly string[]; readonly key: string } {
  if (keys === '+') return { modifiers: [], key: '+' }
  const parts = keys.endsWith('++') ? [...keys.slice(0, -2).split('+'), '+'] : keys.split('+')
  return { modifiers: parts.slice(0, -1), key: parts.at(-1) ?? '' }
}

const OTHER_NAMES: Readonly<Record<string, string>> = {
  cmd: 'mod',
  command: 'mod',
  meta: 'mod',
  control: 'ctrl',
  option: 'alt',
  esc: 'escape',
  return: 'enter',
  left: 'arrowleft',
  right: 'arrowright',
  up: 'arrowup',
  down: 'arrowdown',
}

const isModifier = (part: string): part is Modifier => MODIFIERS.some((one) => one === part)

/** Takes keys as somebody may have written them, such as “Cmd+Shift+K”; gives them as a press gives them, or null. */
export function parseKeys(typed: string, mac = ON_MAC): string | null {
  const parts = partsOf(typed.trim().toLowerCase())
  const named = (part: string): string => OTHER_NAMES[part.trim()] ?? part.trim()
  const key = named(parts.key)
  const modifiers = parts.modifiers.map((part) => (named(part) === 'ctrl' && !mac ? 'mod' : named(part)))
  if (isModifier(key) || !modifiers.every(isModifier)) return null
  if (!NAMED.has(key) && [...key].length !== 1) return null
  const wanted = new Set(modifiers)
  // A press never names Shift beside a character that has no cases.
  if (wanted.has('shift') && !NAMED.has(key) && !hasCases(key)) return null
  return written(wanted, key)
}
