/** Facts about how an end is said. */

import { expect, test } from 'vitest'
import { endWords, shellEndWords } from './end-words.ts'

test.each([
  ['idle', { code: 143, signal: null }],
  ['idle', { code: 129, signal: 0 }],
  ['exited', { code: null, signal: 'SIGHUP' }],
  ['exited', { code: 0, signal: 15 }],
  ['exited', { code: null, signal: 'SIGKILL' }],
  ['exited', { code: 1, signal: null }],
] as const)('an end that was asked for is a stop (%s, %o)', (state, exit) => {
  expect(endWords(state, exit, false)).toMatch(/^Claude Code was stopped \((?:exit code \d+|SIG[A-Z]+)\)\.$/u)
})

test('an end of its own says how', () => {
  expect(endWords('crashed', { code: 1, signal: null }, false)).toBe('Claude Code ended (exit code 1).')
  expect(endWords('exited', { code: 0, signal: null }, false)).toBe('Claude Code ended (exit code 0).')
  expect(endWords('crashed', { code: null, signal: 'SIGSEGV' }, false)).toBe('Claude Code was ended by SIGSEGV.')
  expect(endWords('exited', { code: null, signal: null }, false)).toBe('Claude Code is not running.')
})

test('one with a conversation says that resuming it here goes on with that', () => {
  const stopped = { code: 143, signal: null }
  expect(endWords('exited', stopped, true)).toBe(
    'Claude Code was stopped (exit code 143). “Resume” here goes on with its conversation.',
  )
  expect(endWords('paused', stopped, true)).toMatch(/HANDOFF\.md\.$/u)
})

test('the end of a shell says its exit code or its signal', () => {
  expect(shellEndWords({ code: 1, signal: null })).toBe('The shell ended (exit code 1).')
  expect(shellEndWords({ code: 0, signal: 0 })).toBe('The shell ended (exit code 0).')
  expect(shellEndWords({ code: null, signal: 'SIGKILL' })).toBe('The shell was ended by SIGKILL.')
  expect(shellEndWords({ code: null, signal: 9 })).toBe('The shell was ended by SIGKILL.')
  expect(shellEndWords({ code: null, signal: 40 })).toBe('The shell was ended by signal 40.')
})
