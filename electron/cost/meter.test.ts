import { expect, test } from 'vitest'
import { readTotal, type Meter } from './meter.ts'

const after = (start: Meter, ...totals: readonly number[]): number => totals.reduce(readTotal, start).spentUsd

test('growth of the total is spent money', () => {
  expect(after({ spentUsd: 0, lastTotalUsd: 0 }, 0.1, 0.1, 0.25)).toBeCloseTo(0.25)
})

test('a resumed conversation is not paid twice', () => {
  expect(after({ spentUsd: 0.25, lastTotalUsd: null }, 0.25, 0.3)).toBeCloseTo(0.3)
})

test('a total that starts over keeps what was spent', () => {
  expect(after({ spentUsd: 0.25, lastTotalUsd: 0.25 }, 0, 0.1)).toBeCloseTo(0.35)
})
