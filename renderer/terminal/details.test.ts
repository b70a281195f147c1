/** Facts about what is told of a session beside its name. */

import { expect, test } from 'vitest'
import { session } from '../testing/fixtures.ts'
import { detailsOf, detailWords } from './details.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const labels = (...of: Parameters<typeof detailsOf>): readonly string[] => detailsOf(...of).map(({ label }) => label)

test('an ordinary session says its model and nothing else', () => {
  expect(detailWords(session(1, 'docs'), NOW)).toBe('opus')
})

test('research, what runs in the background and a long silence are said', () => {
  const background = [{ type: 'shell', description: 'npm run dev' }]
  expect(detailWords(session(1, 'docs', { research: true, background }), NOW)).toBe('opus · research · 1 in the background')
  const silentSince = '2026-11-21T11:48:00Z'
  expect(detailWords(session(1, 'docs', { silentSince }), NOW)).toBe('opus · silent for 12 min')
  // Only a session that works can be too quiet.
  expect(detailWords(session(1, 'docs', { silentSince, state: 'idle' }), NOW)).toBe('opus')
})

test('its port can be copied', () => {
  expect(detailsOf(session(1, 'docs', { port: 4310 }), null, NOW)).toContainEqual({
    label: 'Port',
    words: ['4310 (SLUICE_PORT), and up to 4319'],
    copy: '4310',
  })
})

test('a research session has no branch and no worktree of its own', () => {
  const told = labels(session(1, 'docs', { research: true }), 'login-fix', NOW)
  expect(told).toContain('Forked from')
  expect(told).not.toContain('Branch')
  expect(told).not.toContain('Worktree')
})
