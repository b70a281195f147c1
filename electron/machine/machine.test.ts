import { expect, test } from 'vitest'
import type { Clock } from '../kit/clock.ts'
import { createMachine, LOOK_MS } from './machine.ts'

const GB = 1024 ** 3

/** A clock whose callbacks are called by hand. */
function handClock() {
  const due = new Set<() => void>()
  const waits: number[] = []
  const clock: Clock = {
    now: () => new Date(0),
    elapsed: () => 0,
    after(milliseconds, callback) {
      waits.push(milliseconds)
      due.add(callback)
      return () => due.delete(callback)
    },
  }
  return {
    clock,
    waits,
    due,
    tick() {
      const now = [...due]
      due.clear()
      for (const callback of now) callback()
    },
  }
}

const looked = () => new Promise((resolve) => setImmediate(resolve))

test('memory is looked at every ten seconds while a session runs, and told only when it says something new', async () => {
  const { clock, waits, due, tick } = handClock()
  let availableBytes = 8 * GB
  let reads = 0
  const machine = createMachine({
    clock,
    read: () => {
      reads += 1
      return Promise.resolve({ totalBytes: 16 * GB, availableBytes })
    },
  })
  const told: unknown[] = []
  machine.onChange((now) => told.push(now.memory))
  expect(reads).toBe(0)
  machine.watch(true)
  machine.watch(true)
  await looked()
  tick()
  await looked()
  expect(waits).toEqual([LOOK_MS, LOOK_MS])
  expect([reads, told.length]).toEqual([2, 1])
  availableBytes = GB
  tick()
  await looked()
  expect(told.at(-1)).toMatchObject({ low: true, availableBytes: GB })
  machine.watch(false)
  expect(due.size).toBe(0)
  expect(told.at(-1)).toBeNull()
  expect(machine.view()).toEqual({ memory: null })
})

test('a look that ends after the last session did is not told', async () => {
  const { clock, due } = handClock()
  let answer: (reading: { totalBytes: number; availableBytes: number }) => void = () => undefined
  const machine = createMachine({ clock, read: () => new Promise((resolve) => (answer = resolve)) })
  machine.watch(true)
  machine.watch(false)
  answer({ totalBytes: GB, availableBytes: GB })
  await looked()
  expect(machine.view()).toEqual({ memory: null })
  expect(due.size).toBe(0)
})
