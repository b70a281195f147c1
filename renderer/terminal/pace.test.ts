/** Facts about how often a terminal that prints is searched again. */

import { beforeEach, expect, test } from 'vitest'
import { createPace, type Pace } from './pace.ts'

let waits: { readonly milliseconds: number; readonly due: () => void }[] = []
let searches = 0
let pace: Pace

/** Lets the time pass for which it waits. */
function pass(): void {
  const now = waits
  waits = []
  for (const { due } of now) due()
}

beforeEach(() => {
  waits = []
  searches = 0
  pace = createPace(
    () => {
      searches += 1
      pace.asked()
    },
    (milliseconds, due) => {
      const wait = { milliseconds, due }
      waits.push(wait)
      return () => void (waits = waits.filter((one) => one !== wait))
    },
  )
})

test('many changes are one search, after a pause', () => {
  pace.asked()
  pace.answered(1)
  for (let at = 0; at < 100; at += 1) pace.changed()
  expect(searches).toBe(0)
  expect(waits.map(({ milliseconds }) => milliseconds)).toEqual([250])
  pass()
  expect(searches).toBe(1)
})

test('a question that is not answered yet is not asked again, however much is printed; afterwards it is', () => {
  pace.asked()
  for (let at = 0; at < 100; at += 1) {
    pace.changed()
    pass()
  }
  expect(searches).toBe(0)
  pace.answered(600)
  expect(waits.map(({ milliseconds }) => milliseconds)).toEqual([3_000])
  pass()
  expect(searches).toBe(1)
})

test('nothing is searched before the first question, nor after the last one', () => {
  pace.changed()
  pass()
  pace.asked()
  pace.changed()
  pace.answered(1)
  pace.stop()
  pass()
  pace.changed()
  pace.answered(1)
  pass()
  expect(searches).toBe(0)
})

test('a question of the user takes the place of the one that is waited for', () => {
  pace.asked()
  pace.answered(1)
  pace.changed()
  pace.asked()
  pass()
  expect(searches).toBe(0)
})
