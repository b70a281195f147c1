/** Facts about what may be approved and landed. */

import { expect, test } from 'vitest'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { approveRefusal, landRefusal } from './gates.ts'

const session = { state: 'idle', dirty: false, ahead: 2, approved: false } as Session
const entry = (phase: Entry['phase']): Entry => ({ session: 'docs', phase, since: '2026-11-21T10:00:00Z' })

test('committed work can be approved and landed, blocked work again', () => {
  expect(approveRefusal(session, null)).toBeNull()
  expect(landRefusal(session, null, true)).toBeNull()
  expect(landRefusal(session, entry('blocked'), true)).toBeNull()
})

test('uncommitted changes, no commits and a broken worktree each have their own sentence', () => {
  const said = [
    { ...session, dirty: true },
    { ...session, ahead: 0 },
    { ...session, problem: 'The worktree is missing.' },
  ].map((one) => approveRefusal(one, null))
  expect(new Set(said).size).toBe(3)
  expect(said).not.toContain(null)
})

test('what is on its way or landed does not land twice, and nothing lands before trust', () => {
  expect(landRefusal(session, entry('checking'), true)).toMatch(/in the queue/u)
  expect(landRefusal({ ...session, ahead: 0 }, entry('landed'), true)).toMatch(/has landed/u)
  expect(landRefusal(session, null, false)).toMatch(/Trust/u)
})
