/** Facts about what a tab says. */

import { describe, expect, test } from 'vitest'
import type { Entry } from '../../shared/model/queue.ts'
import { SESSION_STATES, type Session } from '../../shared/model/session.ts'
import { askWords, cascadeOf, isStuck, placeOf, sentenceOf, takesPrompts, verbOf, waitingSince } from '../state/standing.ts'
import { sweep } from '../state/sweep.ts'
import { tell } from './telling.ts'

const session = (over: Partial<Session>): Session => ({
  id: 's1',
  name: 'docs',
  branch: 'sluice/docs',
  worktree: '/shop.worktrees/docs',
  order: 1,
  state: 'idle',
  research: false,
  approved: false,
  head: 'a'.repeat(40),
  ahead: 1,
  behind: 0,
  dirty: false,
  files: 1,
  insertions: 1,
  deletions: 0,
  model: 'opus',
  permissionMode: 'acceptEdits',
  scope: [],
  spentUsd: 0,
  contextPercent: 0,
  prompt: 'Write the docs',
  startedAt: '2026-11-21T09:00:00Z',
  ...over,
})
const entry = (phase: Entry['phase'], over: Partial<Entry> = {}): Entry => ({
  session: 'docs',
  phase,
  since: '2026-11-21T10:00:00Z',
  ...over,
})

test('no two states that mean different things share sign, tone and word', () => {
  const said = SESSION_STATES.map((state) => JSON.stringify(tell(session({ state }), null)))
  expect(new Set(said).size).toBe(SESSION_STATES.length)
})

test('a question is more urgent than a blocked entry, a blocked entry than work', () => {
  const blocked = entry('blocked', { why: 'conflicts' })
  expect(tell(session({ state: 'asks' }), blocked).word).toBe('Asks')
  expect(tell(session({ state: 'idle' }), blocked)).toMatchObject({ word: 'Conflict', shape: 'triangle' })
  expect(tell(session({ state: 'idle' }), entry('blocked', { why: 'dirty' })).word).toBe('Blocked')
})

test('an idle session says where its work is', () => {
  expect(tell(session({ ahead: 0 }), null)).toMatchObject({ word: 'Idle', tone: 'needs-you' })
  expect(tell(session({ ahead: 1 }), null)).toMatchObject({ word: 'To review', tone: 'needs-you' })
  expect(tell(session({ ahead: 0, dirty: true }), null).word).toBe('To review')
  expect(tell(session({ approved: true }), null).word).toBe('Approved')
  expect(tell(session({ approved: true }), entry('checking')).word).toBe('Checking')
  expect(tell(session({ ahead: 0 }), entry('landed')).word).toBe('Landed')
  expect(tell(session({ ahead: 2 }), entry('landed')).word).toBe('To review')
})

test('a start that waits for the user says so', () => {
  expect(tell(session({ state: 'starting', waitingFor: 'trust dialog' }), null).tone).toBe('needs-you')
  expect(tell(session({ state: 'starting' }), null).tone).toBe('busy')
})

test('a stop under way is said before everything else', () => {
  expect(tell(session({ state: 'asks' }), entry('blocked'), true).word).toBe('Stopping')
})

test('a Claude Code that outlived Sluice is told from one that says nothing, and can only be stopped', () => {
  const orphan = session({ state: 'unknown', waitingFor: 'the end of process 4711', pid: 4711 })
  expect(tell(orphan, null).word).toBe('Left running')
  expect(tell(session({ state: 'unknown' }), null).word).toBe('Unknown')
  expect(sentenceOf(orphan)).toMatch(/\(process 4711\).*stop it/u)
  expect([verbOf(orphan), takesPrompts(orphan)]).toEqual(['stop', false])
})

test('what a session waits for before it runs is said, and why it could not', () => {
  expect(tell(session({ state: 'starting', place: 2 }), null)).toMatchObject({ word: 'Place 2 in line', tone: 'calm' })
  expect(tell(session({ state: 'starting', settingUp: true }), null).word).toBe('Setting up')
  const unprepared = session({ state: 'crashed', setupFailure: '“npm ci” exited with 1.' })
  expect(tell(unprepared, null)).toMatchObject({ word: 'Setup failed', tone: 'bad' })
  expect(sentenceOf(unprepared)).toBe('“npm ci” exited with 1.')
  expect([takesPrompts(session({ state: 'starting', place: 1 })), takesPrompts(session({ state: 'idle' }))]).toEqual([
    false,
    true,
  ])
})

test('the work of a session that has ended waits for the user like that of an idle one, until it is approved', () => {
  const ended = session({ state: 'exited', waitingSince: '2026-11-21T11:00:00.000Z' })
  expect(tell(ended, null)).toMatchObject({ word: 'To review', tone: 'needs-you' })
  expect(waitingSince(ended, null)).toBe('2026-11-21T11:00:00.000Z')
  expect(waitingSince({ ...ended, approved: true }, null)).toBeNull()
  expect(tell(session({ state: 'exited', ahead: 0 }), null).word).toBe('Ended')
})

test('a worktree that is missing, moved or on another branch is said on the tab, after what the session asks for', () => {
  const problem = 'Its worktree /shop.worktrees/docs is missing.'
  expect(tell(session({ problem, repair: 'recreate' }), null)).toMatchObject({ word: 'Worktree missing', tone: 'bad' })
  expect(tell(session({ problem, repair: 'adopt', state: 'working' }), null).word).toBe('Worktree moved')
  expect(tell(session({ problem, state: 'exited' }), null).word).toBe('Worktree trouble')
  expect(tell(session({ problem, repair: 'recreate', state: 'asks' }), null).word).toBe('Asks')
})

test('a research session is never to be reviewed, whatever the main checkout is like', () => {
  expect(tell(session({ research: true, dirty: true }), null).word).toBe('Idle')
})

test('what it asks for is one line: the tool and what it is to be used for', () => {
  const permission = { id: 'p', tool: 'Bash', input: '\n  npm test \nrm x', more: 0 }
  expect(askWords({ permission })).toBe('Bash: npm test')
  expect(askWords({ permission: { ...permission, input: ' ' } })).toBe('Bash')
  expect(askWords({ questions: [{ question: 'Which one?', options: [] }] })).toBe('Which one?')
  expect(askWords({})).toBeNull()
})

test('nothing of what a tab says is hidden or turned around', () => {
  const hidden = 'rm -rf tmp\u202Egnp.exe\u200B'
  const permission = { id: 'p', tool: 'Bash', input: hidden, more: 0 }
  expect(askWords({ permission })).toBe('Bash: rm -rf tmp\\u{202e}gnp.exe\\u{200b}')
  expect(sentenceOf(session({ permission }))).toBe(askWords({ permission }))
  expect(askWords({ questions: [{ question: hidden, options: [] }] })).not.toContain('\u202E')
})

test('a prompt that was not confirmed is said on the tab, and waits for the user though the session was approved', () => {
  const unsent = { text: 'Rebase onto main', waits: false }
  const idle = session({ state: 'idle', approved: true, waitingSince: '2026-11-21T14:05:00Z' })
  expect(waitingSince(idle, null)).toBeNull()
  expect(tell({ ...idle, unsent }, null)).toMatchObject({ word: 'Prompt kept', tone: 'needs-you' })
  expect(waitingSince({ ...idle, unsent }, null)).toBe('2026-11-21T14:05:00Z')
  expect(sentenceOf({ ...idle, unsent })).toMatch(/not confirmed/u)
  expect(tell({ ...idle, unsent: { ...unsent, waits: true } }, null).word).toBe('Approved')
  expect(tell({ ...idle, state: 'working', unsent }, null).word).toBe('Working')
})

test('an archived session is none of the cascade, and no list is made anew without need', () => {
  const there = [session({ id: 'a' }), session({ id: 'b' })]
  expect(cascadeOf(there)).toBe(there)
  const all = [...there, session({ id: 'c', state: 'archived' })]
  expect(cascadeOf(all).map(({ id }) => id)).toEqual(['a', 'b'])
  expect(cascadeOf(all)).toBe(cascadeOf(all))
  expect(sweep(all, [entry('blocked', { session: 'c' })]).map((one) => one.session.id)).toEqual(['a', 'b'])
})

test('a session at its limit says what that means', () => {
  expect(tell(session({ state: 'limited' }), null)).toMatchObject({ word: 'At its limit', tone: 'needs-you' })
  expect(sentenceOf(session({ state: 'limited' }))).toMatch(/limit of the API/u)
  expect(sentenceOf(session({ state: 'limited', waitingFor: '5 pm' }))).toBe('5 pm')
  const until = session({ state: 'limited', limitedUntil: '2026-11-21T14:05:00Z' })
  expect(tell(until, null).word).toMatch(/^Limit until \d\d:05$/u)
  expect(sentenceOf(until)).toMatch(/until \d\d:05\./u)
})

test('what runs can be stopped, what ended started again, what is archived neither', () => {
  const verbs = Object.fromEntries(SESSION_STATES.map((state) => [state, verbOf({ state })]))
  expect(verbs).toMatchObject({ working: 'stop', limited: 'stop', exited: 'start-again', crashed: 'start-again', archived: null })
})

test('only the very commit that conflicted is stuck', () => {
  const blocked = entry('blocked', { why: 'conflicts', head: 'a'.repeat(40) })
  expect(isStuck(session({}), blocked)).toBe(true)
  expect(isStuck(session({ head: 'b'.repeat(40) }), blocked)).toBe(false)
  expect(isStuck(session({}), entry('blocked', { why: 'checks' }))).toBe(false)
})

describe('who waits for you', () => {
  test('an idle session waits, unless its work is on its way or landed', () => {
    const idle = session({ waitingSince: '2026-11-21T09:30:00Z' })
    expect(waitingSince(idle, null)).toBe('2026-11-21T09:30:00Z')
    expect(waitingSince(idle, entry('checking'))).toBeNull()
    expect(waitingSince(session({ ahead: 0 }), entry('landed'))).toBeNull()
    expect(waitingSince(session({ state: 'working' }), entry('blocked'))).toBeNull()
    expect(waitingSince(session({ state: 'exited' }), entry('blocked'))).toBe('2026-11-21T10:00:00Z')
  })

  test('the sweep starts with the longest wait', () => {
    const early = session({ id: 'b', name: 'b', state: 'asks', waitingSince: '2026-11-21T09:10:00Z' })
    const late = session({ id: 'a', name: 'a', state: 'asks', waitingSince: '2026-11-21T09:20:00Z' })
    const busy = session({ id: 'c', name: 'c', state: 'working' })
    expect(sweep([late, early, busy], []).map((one) => one.session.id)).toEqual(['b', 'a'])
  })

  test('only entries that move have a place', () => {
    const queue = [entry('blocked', { session: 'x' }), entry('checking', { session: 'y' }), entry('waiting')]
    expect([placeOf(queue, 'x'), placeOf(queue, 'y'), placeOf(queue, 'docs')]).toEqual([null, 1, 2])
  })
})

test('what is in the accent or blocked is exactly what the sweep goes to', () => {
  const entries = [null, entry('waiting'), entry('checking'), entry('landed'), entry('blocked', { why: 'conflicts' })]
  const kinds = [{ ahead: 0 }, { ahead: 1 }, { ahead: 1, approved: true }]
  const untrue = SESSION_STATES.flatMap((state) =>
    entries.flatMap((of) =>
      kinds.flatMap((over) => {
        const one = session({ state, ...over })
        const { tone } = tell(one, of)
        const waits = waitingSince(one, of) !== null
        const stands = tone === 'needs-you' || tone === 'bad'
        const wrong = (waits && !stands) || (tone === 'needs-you' && !waits)
        return wrong ? [`${state}, ${of?.phase ?? 'not queued'}, ${JSON.stringify(over)}: ${tone}`] : []
      }),
    ),
  )
  expect(untrue).toEqual([])
})
