import { expect, test } from 'vitest'
import { inTurns } from './turns.ts'

const ITEMS = Array.from({ length: 1000 }, (_, index) => index)

/** A clock that runs when it is looked at. */
function clock(step: number): () => number {
  let at = 0
  return () => (at += step)
}

/** How often something else had its turn while the work went on. */
async function turnsDuring(work: () => Promise<void>): Promise<number> {
  let turns = 0
  let over = false
  const count = (): void => {
    if (over) return
    turns += 1
    setImmediate(count)
  }
  setImmediate(count)
  await work()
  over = true
  return turns
}

test('every item is visited once, in order', async () => {
  const seen: number[] = []
  await inTurns(ITEMS, (item) => seen.push(item), clock(3))
  expect(seen).toEqual(ITEMS)
})

test('slow work lets others have their turn, again and again', async () => {
  expect(await turnsDuring(() => inTurns(ITEMS, () => undefined, clock(8)))).toBeGreaterThan(20)
})

test('quick work is done in one go', async () => {
  expect(await turnsDuring(() => inTurns(ITEMS, () => undefined, clock(0)))).toBe(0)
})

test('what goes wrong in a visit ends it', async () => {
  const seen: number[] = []
  const work = inTurns(ITEMS, (item) => {
    if (item === 40) throw new Error('enough')
    seen.push(item)
  })
  await expect(work).rejects.toThrow('enough')
  expect(seen).toHaveLength(40)
})
