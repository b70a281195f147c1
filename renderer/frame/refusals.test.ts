/** Facts about when a command cannot run, and what is said then. */

import { expect, test } from 'vitest'
import { COMMAND_IDS, type CommandId } from '../commands/table.ts'
import { ALL_PANES } from '../state/panes.ts'
import type { View } from '../state/projection.ts'
import { BLOCKED, REPOSITORY, SCENES, session as made } from '../testing/fixtures.ts'
import { nextClashing } from './clashes.ts'
import { refused, type Facts } from './refusals.ts'

const { seq: _, ...snapshot } = SCENES['busy']!
const view: View = { ...snapshot, logs: {}, reviews: {}, generation: 1 }
const session = made(2, 'cart-api', { state: 'idle' })
const facts: Facts = {
  view,
  session,
  entry: null,
  at: 1,
  shell: null,
  reviewed: { session: session.id, of: 'branch', head: session.head, files: [] },
  panes: ALL_PANES,
  stopping: [],
  answerable: null,
  away: null,
}
const AWAY = 'Sluice is not reachable right now; it reconnects by itself.'
const can = (over: Partial<Facts>): readonly CommandId[] =>
  COMMAND_IDS.filter((id) => refused(id, { ...facts, ...over }) === null)

test('a session that finished can be approved and landed', () => {
  expect(can({})).toEqual(
    expect.arrayContaining(['review.approve', 'review.land', 'session.stop', 'session.left', 'session.right']),
  )
})

test('a session whose worktree is missing is not resumed before that is seen to', () => {
  const ended = made(2, 'cart-api', { state: 'exited' })
  expect(refused('session.resume', { ...facts, session: ended })).toBeNull()
  expect(refused('session.resume', { ...facts, session: { ...ended, repair: 'recreate' } })).toMatch(
    /^Its worktree is not where/u,
  )
  expect(refused('session.repair', { ...facts, session: { ...ended, repair: 'recreate' } })).toBeNull()
})

test('without a repository only what belongs to the window runs', () => {
  expect(can({ view: { ...view, repository: null, sessions: [] }, session: null, at: -1 })).toEqual(
    expect.arrayContaining(['palette', 'settings', 'repository.open', 'demo']),
  )
  expect(refused('session.new', { ...facts, view: { ...view, repository: null } })).toBe('Open a repository first.')
  expect(refused('review.approve', { ...facts, session: null })).toBe('There is no session yet. Start one first.')
})

test('while the House is away nothing is asked of it; looking around goes on', () => {
  const there = can({ away: AWAY })
  expect(there).toEqual(expect.arrayContaining(['pane.review', 'terminals.two', 'session.next', 'review.style', 'shortcuts']))
  for (const id of ['review.approve', 'session.stop', 'window.quiet', 'queue.remove', 'demo'] as const) {
    expect(refused(id, { ...facts, away: AWAY })).toBe(AWAY)
  }
})

test('nobody decides on what nobody saw', () => {
  const unseen = { ...facts, reviewed: null }
  expect(refused('review.approve', unseen)).toMatch(/not on show yet/u)
  expect(refused('review.land', { ...unseen, panes: { ...ALL_PANES, hidden: ['review'] } })).toMatch(/^Open its review first/u)
})

test('what is uncommitted is not what is approved; what was approved lands from there as well', () => {
  const uncommitted = { ...facts, reviewed: { ...facts.reviewed!, of: 'uncommitted' as const } }
  expect(refused('review.approve', uncommitted)).toMatch(/^Choose “Branch” first/u)
  expect(refused('review.land', uncommitted)).toMatch(/^Choose “Branch” first/u)
  expect(refused('review.land', { ...uncommitted, session: { ...session, approved: true } })).toBeNull()
})

test.each<[what: string, id: CommandId, over: Partial<Facts>, why: string]>([
  ['approved already', 'review.approve', { session: { ...session, approved: true } }, 'It is approved already.'],
  ['not approved', 'review.unapprove', {}, 'It is not approved.'],
  ['the first', 'session.left', { at: 0 }, 'It is the first of the cascade already.'],
  ['the last', 'session.right', { at: view.sessions.length - 1 }, 'It is the last of the cascade already.'],
  ['being stopped', 'session.stop', { stopping: [session.id] }, 'It is being stopped.'],
  ['ended', 'session.stop', { session: { ...session, state: 'exited' } }, 'It does not run.'],
  ['running', 'session.resume', {}, 'It runs already.'],
  ['idle', 'session.interrupt', {}, 'It does not work on anything now.'],
  ['ended', 'session.interrupt', { session: { ...session, state: 'exited' } }, 'It does not run.'],
  [
    'asking',
    'session.interrupt',
    { session: { ...session, state: 'needs-permission' } },
    'It waits for your answer; there is nothing to interrupt.',
  ],
  ['ended', 'session.pause', { session: { ...session, state: 'exited' } }, 'It does not run.'],
  [
    'research',
    'session.pause',
    { session: { ...session, research: true } },
    'A research session has no worktree for a note. Stop it; its conversation is kept.',
  ],
  ['new', 'session.fork', {}, 'It has no conversation yet that another session could begin with.'],
  [
    'on its way',
    'session.archive',
    { entry: { ...BLOCKED, session: 'cart-api', phase: 'waiting' } },
    'Remove it from the queue first.',
  ],
  ['archived', 'session.archive', { session: { ...session, state: 'archived' } }, 'It is archived already.'],
  ['archived', 'session.resume', { session: { ...session, state: 'archived' } }, 'Restore it first.'],
  [
    'in line',
    'session.resume',
    { session: { ...session, state: 'starting', place: 1 } },
    'It waits for room already, and starts by itself.',
  ],
  ['there', 'session.restore', {}, 'It is not archived.'],
  ['not asking', 'session.allow', {}, 'It asks for no permission.'],
  [
    'asking unseen',
    'session.allow',
    { session: { ...session, state: 'needs-permission' } },
    'What it asks for is answered in its terminal.',
  ],
  ['without a kept prompt', 'session.send-again', {}, 'No prompt of it is kept.'],
  ['whole', 'session.repair', {}, 'Nothing of its worktree needs repair.'],
  [
    'on its way',
    'queue.drop-handoff',
    { entry: { ...BLOCKED, session: 'cart-api', phase: 'waiting' } },
    'It is on its way to land. Remove it from the queue first.',
  ],
  [
    'working',
    'review.commit',
    { session: { ...session, state: 'working' } },
    'It works right now. Wait until its turn is over, or interrupt it.',
  ],
  ['without commits', 'review.pull', { session: { ...session, ahead: 0 } }, 'It has no commits of its own yet.'],
  ['without commits', 'review.hand', { session: { ...session, ahead: 0 } }, 'It has no commits of its own yet.'],
  ['archived', 'review.answer', { session: { ...session, state: 'archived' } }, 'It is archived. Restore it first.'],
  [
    'research',
    'review.readiness',
    { session: { ...session, research: true } },
    'A research session changes nothing, so there is nothing to review.',
  ],
  ['clean', 'session.ask-commit', {}, 'Everything it changed is committed.'],
  ['not blocked', 'queue.retry', {}, 'It is not blocked.'],
  ['not in the queue', 'queue.remove', {}, 'It is not in the queue.'],
  ['landing', 'queue.remove', { entry: { ...BLOCKED, phase: 'landing' } }, 'It is landing right now.'],
  ['trusted', 'repository.trust', {}, 'It is trusted already.'],
  ['alone', 'terminals.two', { view: { ...view, sessions: [session] } }, 'There is only one session.'],
])('%s: %s is refused', (_what, id, over, why) => {
  expect(refused(id, { ...facts, ...over })).toBe(why)
})

test('a permission is answered by a key only once its card was in sight', () => {
  const asks = { ...session, state: 'needs-permission' as const, permission: { id: 'p1', tool: 'Bash', input: 'ls', more: 0 } }
  for (const id of ['session.allow', 'session.deny'] as const) {
    expect(refused(id, { ...facts, session: asks })).toMatch(/^Look first/u)
    expect(refused(id, { ...facts, session: asks, answerable: 'p0' })).toMatch(/^Look first/u)
    expect(refused(id, { ...facts, session: asks, answerable: 'p1' })).toBeNull()
  }
})

test('what blocks a session can be asked of it, tried again or taken out', () => {
  const blocked = { ...facts, session: { ...session, head: BLOCKED.head! }, entry: { ...BLOCKED, session: session.name } }
  expect(['queue.ask', 'queue.retry', 'queue.remove'].map((id) => refused(id as CommandId, blocked))).toEqual([null, null, null])
})

test('an untrusted repository can be decided on, and nothing lands in it', () => {
  const untrusted = { ...facts, view: { ...view, repository: { ...REPOSITORY, trusted: false } } }
  expect(refused('repository.trust', untrusted)).toBeNull()
  expect(refused('review.land', untrusted)).toMatch(/^Trust this repository first/u)
})

test('the clashes are gone through along the cascade, and around', () => {
  expect(nextClashing(view, 'login-fix')?.name).toBe('search-ranking')
  expect(nextClashing(view, 'search-ranking')?.name).toBe('login-fix')
  expect(nextClashing(view, null)?.name).toBe('login-fix')
  expect(nextClashing({ ...view, overlap: { pairs: [], outOfScope: [] } }, null)).toBeNull()
})
