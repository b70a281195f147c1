/** Which keys are the window's, wherever they are pressed. The terminal keeps every key of its own. Pure. */

import { NAMED, partsOf } from '../commands/chord.ts'
import { commandAt } from '../commands/keys.ts'
import type { CommandId } from '../commands/table.ts'
import type { Settings } from '../../shared/model/settings.ts'

/** Where a key went. `floating`: into a dialog or menu, or past one that is open. */
export type Place = 'terminal' | 'floating' | 'typing' | 'free'

export type Meaning = { readonly kind: 'select'; readonly number: number } | { readonly kind: 'command'; readonly id: CommandId }

/** True where keys with these parts are the window's: beside what is typed only chords that write and move nothing. */
function belongs(keys: string, place: Place): boolean {
  if (place === 'free') return true
  const { modifiers, key } = partsOf(keys)
  return place === 'typing' && modifiers.includes('mod') && (!NAMED.has(key) || /^f\d/u.test(key))
}

/** Commands that go on while their key is held down. */
const HELD: ReadonlySet<CommandId> = new Set(['session.left', 'session.right', 'session.next', 'session.previous'])

/** What the keys mean at a place, or null when they are not the window's. */
export function meaningOf(
  keys: string,
  place: Place,
  { shortcuts, repeat }: { readonly shortcuts: Settings['shortcuts']; readonly repeat: boolean },
): Meaning | null {
  if (!belongs(keys, place)) return null
  if (/^[1-9]$/u.test(keys)) return repeat ? null : { kind: 'select', number: Number(keys) }
  const id = commandAt(keys, shortcuts)
  return id === null || (repeat && !HELD.has(id)) ? null : { kind: 'command', id }
}
