import { describe, expect, it } from 'vitest'
import {
  acked,
  forgotten,
  FULL_CREDIT,
  IDLE_LIMIT,
  inFlight,
  isLow,
  keyPressed,
  room,
  sent,
  TYPING_LIMIT,
  TYPING_MS,
} from './credit.ts'

describe('credit', () => {
  it('is shared by all terminals', () => {
    const credit = sent(sent(FULL_CREDIT, 'a', 200_000), 'b', 50_000)
    expect(room(credit, 0)).toBe(IDLE_LIMIT - 250_000)
  })

  it('is smaller while a key was pressed within the last second', () => {
    const credit = keyPressed(FULL_CREDIT, 10_000)
    expect(room(credit, 10_000)).toBe(TYPING_LIMIT)
    expect(room(credit, 10_000 + TYPING_MS - 1)).toBe(TYPING_LIMIT)
    expect(room(credit, 10_000 + TYPING_MS)).toBe(IDLE_LIMIT)
  })

  it('is zero, never less, when more is on its way than the limit allows now', () => {
    expect(room(keyPressed(sent(FULL_CREDIT, 'a', 100_000), 0), 0)).toBe(0)
  })

  it('comes back with acknowledgements', () => {
    expect(inFlight(acked(sent(FULL_CREDIT, 'a', 1000), 'a', 400))).toBe(600)
  })

  it('cannot be won by acknowledging what was never sent', () => {
    const credit = sent(FULL_CREDIT, 'a', 1000)
    expect(inFlight(acked(credit, 'b', 1000))).toBe(1000)
    expect(inFlight(acked(credit, 'a', 4_000_000_000))).toBe(0)
    expect(room(acked(acked(credit, 'a', 5000), 'a', 5000), 0)).toBe(IDLE_LIMIT)
  })

  it('of a terminal that is not viewed any more is free again', () => {
    expect(inFlight(forgotten(sent(sent(FULL_CREDIT, 'a', 10), 'b', 20), 'a'))).toBe(20)
  })

  it('is low only well below the limit', () => {
    expect(isLow(sent(FULL_CREDIT, 'a', IDLE_LIMIT / 2), 0)).toBe(true)
    expect(isLow(sent(FULL_CREDIT, 'a', IDLE_LIMIT / 2 + 1), 0)).toBe(false)
  })
})
