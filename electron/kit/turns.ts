/** Long work in short turns: a keystroke that comes meanwhile waits for one turn, not for all of the work. */

import { setImmediate } from 'node:timers/promises'

/** How long one turn may take. */
const TURN_MS = 8
/** Looking at the clock costs more than most items do. */
const ITEMS_PER_LOOK = 16

/** Visits every item, letting everything else have its turn every few milliseconds. `now` gives milliseconds. */
export async function inTurns<Item>(
  items: Iterable<Item>,
  visit: (item: Item) => void,
  now: () => number = () => performance.now(),
): Promise<void> {
  let began = now()
  let visited = 0
  for (const item of items) {
    visited += 1
    if (visited % ITEMS_PER_LOOK === 0 && now() - began >= TURN_MS) {
      await setImmediate()
      began = now()
    }
    visit(item)
  }
}
