/** Facts about what a person reads of an event. */

import { expect, test } from 'vitest'
import { eventWords, KNOWN_KINDS } from './event-words.ts'

const nameOf = (id: string): string | null => (id === 's1' ? 'login-fix' : null)
const words = (kind: string, body: Readonly<Record<string, unknown>> = {}): string =>
  eventWords({ seq: 1, at: '2026-11-21T10:00:00.000Z', kind, ...body }, nameOf)

test.each<[kind: string, body: Readonly<Record<string, unknown>>, sentence: string]>([
  ['session-started', { branch: 'sluice/docs' }, 'Started on the branch sluice/docs'],
  ['session-started', { branch: 'main', research: true }, 'Started as research'],
  ['session-started', { forkedFrom: 's1', research: true }, 'Forked from “login-fix” as research'],
  ['session-started', { forkedFrom: 'gone' }, 'Forked from another session'],
  ['session-started', { imported: true, worktree: '/trees/docs' }, 'Imported from /trees/docs'],
  ['session-state', { state: 'needs-permission', waitingFor: 'Bash' }, 'Needs permission: Bash'],
  ['session-state', { state: 'from-a-later-version' }, 'Changed its state'],
  ['permission-answered', { tool: 'Bash', by: 'sluice', allow: true }, 'Approved Bash'],
  ['permission-answered', { tool: 'Bash', by: 'terminal', allow: false }, 'Denied Bash in the terminal'],
  ['permission-answered', { tool: 'Bash', by: 'terminal' }, 'Answered the permission for Bash in the terminal'],
  ['session-exited', { code: 0, signal: null, asked: false }, 'Claude Code ended'],
  ['session-exited', { code: 143, signal: null, asked: true }, 'Claude Code was stopped'],
  ['session-exited', { code: null, signal: 'SIGKILL', asked: false }, 'Claude Code crashed (SIGKILL)'],
  ['session-exited', { code: 2, signal: null, asked: false }, 'Claude Code crashed (exit code 2)'],
  [
    'session-archived',
    { snapshot: 'a'.repeat(40), branchDeleted: true },
    'Archived; what was not committed is in a snapshot; its branch was deleted, as the target has all of it',
  ],
  ['session-metered', { spentUsd: 0.425, contextPercent: 21.4 }, 'Spent $0.42 so far, context 21 % full'],
  ['session-renamed', { name: 'docs-2' }, 'Renamed to “docs-2”'],
  ['entry-blocked', { why: 'checks', message: '“npm test” failed.' }, 'Blocked: “npm test” failed.'],
  ['landed', { after: '3f2a1c0aa' }, 'Landed as 3f2a1c0'],
  ['config-set', { key: 'checks' }, 'The repository’s setting “checks” was changed'],
  ['session-knighted', {}, 'Session knighted'],
  ['constructor', {}, 'Constructor'],
])('%s %j: “%s”', (kind, body, sentence) => {
  expect(words(kind, body)).toBe(sentence)
})

test('an event that lacks what its kind has is still a sentence', () => {
  for (const kind of KNOWN_KINDS) {
    expect(words(kind)).toMatch(/^[A-Z]/u)
    expect(words(kind)).not.toMatch(/undefined|null|NaN/u)
  }
})
