import { expect, test } from 'vitest'
import { createManualClock } from '../terminals/testing/manual-clock.ts'
import { createSilence, SILENT_MS } from './silence.ts'

function scene() {
  const clock = createManualClock()
  let wall = 0
  let changes = 0
  const silence = createSilence({ ...clock, now: () => new Date(clock.now().getTime() + wall) }, () => (changes += 1))
  return { clock, silence, changes: () => changes, setClock: (by: number) => (wall += by) }
}

test('it is silent ten minutes after it was heard last, and says since when', () => {
  const { clock, silence, changes } = scene()
  clock.advance(60_000)
  const last = clock.now().toISOString()
  silence.heard()
  clock.advance(SILENT_MS - 1)
  expect([silence.since(), changes()]).toEqual([undefined, 0])
  clock.advance(1)
  expect([silence.since(), changes()]).toEqual([last, 1])
})

test('what is heard after that ends it, and it can fall silent again', () => {
  const { clock, silence, changes } = scene()
  clock.advance(SILENT_MS)
  silence.heard()
  silence.heard()
  expect([silence.since(), changes()]).toEqual([undefined, 2])
  clock.advance(SILENT_MS)
  expect([silence.since() === undefined, changes()]).toEqual([false, 3])
})

test('a clock that is set back or forward neither sets the flag nor breaks it', () => {
  const { clock, silence, setClock } = scene()
  setClock(24 * 3600_000)
  clock.advance(SILENT_MS - 1)
  expect(silence.since()).toBeUndefined()
  setClock(-48 * 3600_000)
  clock.advance(1)
  expect(silence.since()).toBeDefined()
})

test('nothing is told after its end', () => {
  const { clock, silence, changes } = scene()
  silence.close()
  clock.advance(2 * SILENT_MS)
  expect(changes()).toBe(0)
})
