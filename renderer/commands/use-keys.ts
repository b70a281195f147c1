/** The keys of a command, as the user has set them. */

import { useSettings } from '../state/store.ts'
import { keysOf, shownKeys } from './keys.ts'
import type { CommandId } from './table.ts'

/** The first keys of a command as a person reads them; undefined when it has none. */
export function useKeys(id: CommandId): string | undefined {
  const keys = keysOf(id, useSettings().shortcuts)[0]
  return keys === undefined ? undefined : shownKeys(keys)
}
