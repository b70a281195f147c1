/** Facts about how the queue speaks. */

import { expect, test } from 'vitest'
import { PHASES, WHYS, type Entry } from '../../shared/model/queue.ts'
import { entryWords, grouped, hasLog, messageOf } from './wording.ts'

const entry = (phase: Entry['phase'], over: Partial<Entry> = {}): Entry => ({
  session: 'docs',
  phase,
  since: '2026-11-21T10:00:00Z',
  ...over,
})

test('every phase and every reason has its own words', () => {
  expect(new Set(PHASES.map((phase) => entryWords(entry(phase), 1, 'main').words)).size).toBe(PHASES.length)
  expect(new Set(WHYS.map((why) => entryWords(entry('blocked', { why }), null, 'main').words)).size).toBe(WHYS.length)
})

test('a waiting entry says whom it waits for', () => {
  expect(entryWords(entry('waiting'), 1, 'main').words).toBe('Next')
  expect(entryWords(entry('waiting'), 3, 'main').words).toBe('Waits for ②')
})

test('a running check says which of how many', () => {
  const check = { name: 'npm test', index: 2, of: 3 }
  expect(entryWords(entry('checking', { check }), 1, 'main').words).toBe('Check 2 of 3')
})

test('what moves keeps the landing order, what landed shows the newest first', () => {
  const queue = [
    entry('checking', { session: 'a' }),
    entry('waiting', { session: 'b' }),
    entry('landed', { session: 'c', since: '2026-11-21T08:00:00Z' }),
    entry('landed', { session: 'd', since: '2026-11-21T09:00:00Z' }),
    entry('blocked', { session: 'e' }),
  ]
  const groups = grouped(queue)
  expect(groups.moving.map((one) => one.session)).toEqual(['a', 'b'])
  expect(groups.landed.map((one) => one.session)).toEqual(['d', 'c'])
  expect(groups.blocked.map((one) => one.session)).toEqual(['e'])
})

test('only checks and setup leave a log', () => {
  expect(hasLog(entry('checking'))).toBe(true)
  expect(hasLog(entry('blocked', { why: 'checks' }))).toBe(true)
  expect(hasLog(entry('blocked', { why: 'conflicts' }))).toBe(false)
  expect(hasLog(entry('waiting'))).toBe(false)
})

test('a card says the sentence, the log has the output', () => {
  const message = '“npm test” exited with 1. Its last output:\n3 failed\n'
  expect(messageOf(entry('blocked', { why: 'checks', message }))).toBe('“npm test” exited with 1.')
  expect(messageOf(entry('blocked', { why: 'target-dirty', message: 'One.\nTwo.' }))).toBe('One.\nTwo.')
  expect(messageOf(entry('waiting'))).toBeNull()
})
