/** Facts about a terminal that has another size than its place. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSharing } from './sharing.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a size that is on its way is not said, one that stays another is', () => {
  const sharing = createSharing()
  const said: boolean[] = []
  sharing.subscribe(() => said.push(sharing.lasts()))
  sharing.set(true)
  expect(sharing.now()).toBe(true)
  vi.advanceTimersByTime(400)
  sharing.set(false)
  vi.advanceTimersByTime(1_000)
  expect(said).toEqual([])
  sharing.set(true)
  vi.advanceTimersByTime(1_000)
  sharing.set(false)
  expect(said).toEqual([true, false])
})
