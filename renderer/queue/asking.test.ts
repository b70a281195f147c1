/** Facts about what a session is asked when its entry is blocked. */

import { expect, test } from 'vitest'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { askingFor } from './asking.ts'

const head = 'a'.repeat(40)
const session = { name: 'docs', state: 'idle', head } as Session
const entry: Entry = { session: 'docs', phase: 'blocked', why: 'conflicts', head, since: '2026-11-21T10:00:00Z' }

test('a conflict is asked about with its files, the target and the checks', () => {
  const asking = askingFor({ ...entry, files: ['a.ts', 'b/c.ts'] }, session, 'trunk', ['npm test'])
  expect(asking?.label).toBe('Ask the session to resolve')
  for (const part of ['- a.ts\n- b/c.ts', 'git rebase trunk', '`npm test`', 'committed']) expect(asking?.prompt).toContain(part)
})

test('a failed check is asked about with the end of its output, free of what cannot be typed', () => {
  const noise = `${'x'.repeat(70)}\n`.repeat(100)
  const message = `“npm test” exited with 1. Its last output:\n${noise}\u001b[31mexpected 3\u001b[0m\r\n`
  const prompt = askingFor({ ...entry, why: 'checks', message }, session, 'main', [])?.prompt ?? ''
  expect(prompt).toContain('“npm test” exited with 1.')
  expect(prompt).toContain('expected 3')
  expect(prompt.length).toBeLessThan(3_000)
  // oxlint-disable-next-line no-control-regex
  expect(prompt).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f]/u)
})

test('one that has ended is asked too, and goes on with it; nothing is asked of nobody, of an archived session, or about an older commit', () => {
  expect(askingFor(entry, session, 'main', [])).not.toBeNull()
  expect(askingFor(entry, null, 'main', [])).toBeNull()
  expect(askingFor(entry, { ...session, state: 'exited' }, 'main', [])).not.toBeNull()
  expect(askingFor(entry, { ...session, state: 'archived' }, 'main', [])).toBeNull()
  expect(askingFor(entry, { ...session, state: 'unknown' }, 'main', [])).toBeNull()
  expect(askingFor(entry, { ...session, head: 'b'.repeat(40) }, 'main', [])).toBeNull()
  expect(askingFor({ ...entry, why: 'target-dirty' }, session, 'main', [])).toBeNull()
  expect(askingFor({ ...entry, phase: 'waiting' }, session, 'main', [])).toBeNull()
})
