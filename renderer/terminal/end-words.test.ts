/** Facts about how an end is said. */

import { expect, test } from 'vitest'
import { endWords } from './end-words.ts'

test.each([
  ['idle', { code: 143, signal: null }],
  ['idle', { code: 129, signal: 0 }],
  ['exited', { code: null, signal: 'SIGHUP' }],
  ['exited', { code: 0, signal: 15 }],
  ['exited', { code: null, signal: 'SIGKILL' }],
  ['exited', { code: 1, signal: null }],
] as const)('an end that was asked for is a stop (%s, %o)', (state, exit) => {
  expect(endWords(state, exit)).toBe('Claude Code was stopped.')
})

test('an end of its own says how', () => {
  expect(endWords('crashed', { code: 1, signal: null })).toBe('Claude Code ended (exit 1).')
  expect(endWords('exited', { code: 0, signal: null })).toBe('Claude Code ended (exit 0).')
  expect(endWords('crashed', { code: null, signal: 'SIGSEGV' })).toBe('Claude Code was ended by signal SIGSEGV.')
  expect(endWords('exited', { code: null, signal: null })).toBe('Claude Code is not running.')
})
