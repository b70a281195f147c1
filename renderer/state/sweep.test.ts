/** Facts about the sweep: the order of waiting, where it goes next, which pane it opens. */

import { expect, test } from 'vitest'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { session } from '../testing/fixtures.ts'
import { nextWaiting, paneFor, sweep } from './sweep.ts'

const at = (minute: number): string => `2026-11-21T10:0${minute}:00.000Z`
const entry = (over: Partial<Entry>): Entry => ({ session: 'a', phase: 'blocked', since: at(0), ...over })
const waits = (order: number, name: string, minute: number): Session =>
  session(order, name, { state: 'asks', waitingSince: at(minute) })

test('whoever waits longest comes first, wherever it stands in the cascade', () => {
  const order = sweep([waits(1, 'late', 5), session(2, 'works'), waits(3, 'early', 1), waits(4, 'between', 3)], [])
  expect(order.map((one) => one.session.name)).toEqual(['early', 'between', 'late'])
})

test('a session whose entry is blocked waits, one whose work is on its way does not', () => {
  const idle = session(1, 'a', { state: 'idle', waitingSince: at(1) })
  expect(sweep([idle], [entry({ phase: 'checking' })])).toEqual([])
  expect(sweep([session(1, 'a', { state: 'exited' })], [entry({ since: at(4) })])).toHaveLength(1)
})

test('the sweep goes from one that waits to the next, and starts over', () => {
  const waiting = [{ session: { id: 'a' } }, { session: { id: 'b' } }]
  expect(['a', 'b'].map((id) => nextWaiting(waiting, id)?.session.id)).toEqual(['b', 'a'])
  expect(nextWaiting([], 'a')).toBeNull()
})

test('after acting on the one on show, and with nobody on show, it goes to whoever waits longest', () => {
  const waiting = [{ session: { id: 'a' } }, { session: { id: 'b' } }]
  expect([nextWaiting(waiting, 'done')?.session.id, nextWaiting(waiting, null)?.session.id]).toEqual(['a', 'a'])
  expect(nextWaiting(waiting.slice(0, 1), 'a')?.session.id).toBe('a')
})

const clean = { ahead: 0, dirty: false }
test.each<[what: string, of: Partial<Session>, entry: Entry | null, pane: string]>([
  ['needs permission', { state: 'needs-permission' }, null, 'terminal'],
  ['asks', { state: 'asks' }, null, 'terminal'],
  ['asks although its entry is blocked', { state: 'asks' }, entry({ why: 'conflicts' }), 'terminal'],
  ['is at its limit', { state: 'limited' }, null, 'terminal'],
  ['crashed', { state: 'crashed' }, null, 'terminal'],
  ['waits in its first dialog', { state: 'starting', waitingFor: 'Trust this folder?' }, null, 'terminal'],
  ['finished with commits', { state: 'idle', ahead: 2 }, null, 'review'],
  ['finished without committing', { state: 'idle', ahead: 0, dirty: true }, null, 'review'],
  ['keeps a prompt that was not confirmed', { state: 'idle', ahead: 2, unsent: { text: 'x', waits: false } }, null, 'terminal'],
  ['only looked around in a main checkout with changes', { state: 'idle', research: true, dirty: true }, null, 'terminal'],
  ['finished with nothing to review', { state: 'idle', ...clean }, null, 'terminal'],
  ['has landed', { state: 'idle', ...clean }, entry({ phase: 'landed' }), 'terminal'],
  ['went on after it landed', { state: 'idle', ahead: 1 }, entry({ phase: 'landed' }), 'review'],
  ['conflicts', { state: 'idle' }, entry({ why: 'conflicts' }), 'queue'],
  ['failed its checks', { state: 'idle' }, entry({ why: 'checks' }), 'queue'],
  ['ended while its entry is blocked', { state: 'exited' }, entry({ why: 'checks' }), 'queue'],
  ['works', { state: 'working' }, null, 'terminal'],
])('a session that %s opens the right pane', (_what, of, its, pane) => {
  expect(paneFor(session(1, 'a', of), its)).toBe(pane)
})
