/** Facts about what may be approved and landed. */

import { expect, test } from 'vitest'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { approveRefusal, landRefusal, landWord, unseenRefusal } from './gates.ts'

const session = { state: 'idle', dirty: false, ahead: 2, approved: false, head: 'a'.repeat(40) } as Session
const place = { trusted: true, target: 'main' }
const entry = (phase: Entry['phase']): Entry => ({ session: 'docs', phase, since: '2026-11-21T10:00:00Z' })

test('committed work can be approved and landed, blocked work again', () => {
  expect(approveRefusal(session, null)).toBeNull()
  expect(landRefusal(session, null, place)).toBeNull()
  expect(landRefusal(session, entry('blocked'), place)).toBeNull()
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

test('a research session can be neither approved nor landed, and the way on is said', () => {
  const research = { ...session, research: true }
  expect(approveRefusal(research, null)).toMatch(/Fork it/u)
  expect(landRefusal(research, null, { ...place, trusted: false })).toBe(approveRefusal(research, null))
})

test('what is on its way or landed does not land twice, and nothing lands before trust', () => {
  expect(landRefusal(session, entry('checking'), place)).toMatch(/in the queue/u)
  expect(landRefusal({ ...session, ahead: 0 }, entry('landed'), place)).toMatch(/has landed/u)
  expect(landRefusal(session, null, { ...place, trusted: false })).toMatch(/Trust/u)
})

test('the commit that conflicts does not land again, a new one does; what failed its checks may be tried as it is', () => {
  const conflict: Entry = { ...entry('blocked'), why: 'conflicts', head: session.head }
  expect(landRefusal(session, conflict, place)).toMatch(/^It conflicts with main as it is/u)
  expect(landRefusal({ ...session, head: 'b'.repeat(40) }, conflict, place)).toBeNull()
  expect(landRefusal(session, { ...conflict, why: 'checks' }, place)).toBeNull()
})

test('only who has the whole branch before him decides on it', () => {
  expect(unseenRefusal(session, 'branch')).toBeNull()
  expect(unseenRefusal(session, 'looked')).toBeNull()
  expect(unseenRefusal(session, `commit:${'c'.repeat(40)}`)).toMatch(/^Choose “Branch” first/u)
  expect(unseenRefusal(session, null)).toMatch(/not on show yet/u)
  expect(unseenRefusal(session, 'uncommitted')).toMatch(/^Choose “Branch” first/u)
  expect(unseenRefusal({ approved: true }, 'uncommitted')).toBeNull()
  expect(unseenRefusal({ approved: true }, null)).toMatch(/not on show yet/u)
})

test('the button says that it approves, as long as it does', () => {
  expect(landWord(session, null)).toBe('Approve and land')
  expect(landWord(session, entry('blocked'))).toBe('Approve and land')
  expect(landWord({ ...session, approved: true }, null)).toBe('Land')
  expect(landWord(session, entry('checking'))).toBe('Land')
  expect(landWord({ ...session, ahead: 0 }, entry('landed'))).toBe('Land')
})
