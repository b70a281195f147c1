import { expect, test } from 'vitest'
import type { Session } from '../../shared/model/session.ts'
import {
  answerText,
  eventText,
  noPermissionText,
  outputText,
  overlapText,
  sessionsText,
  sessionText,
  worktreesText,
} from './print.ts'

const session: Session = {
  id: '1',
  name: 'login',
  branch: 'sluice/login',
  worktree: '/w/login',
  order: 1,
  state: 'idle',
  research: false,
  approved: false,
  head: '0'.repeat(40),
  ahead: 1,
  behind: 0,
  dirty: false,
  files: 1,
  insertions: 2,
  deletions: 3,
  model: 'default',
  permissionMode: 'acceptEdits',
  scope: [],
  spentUsd: 0.5,
  contextPercent: 0,
  prompt: 'x',
  startedAt: '2026-11-21T12:00:00.000Z',
}

test('a session is one line that says its place in the line, the permission it asks for, or that it is research', () => {
  expect(sessionText(session)).toBe('login  idle  +2 −3  1 ahead, 0 behind  $0.50')
  expect(sessionText({ ...session, state: 'starting', place: 2 })).toContain(
    'starting (place 2 in the line: waits for room to run)',
  )
  const permission = { id: 'p', tool: 'Bash', input: 'echo a\n\u001B[2Jecho b', more: 0 }
  expect(sessionText({ ...session, state: 'needs-permission', permission })).toContain(
    'needs-permission (Bash: echo a �[2Jecho b)',
  )
  expect(sessionText({ ...session, research: true })).toBe('login  idle  research  $0.50')
  expect(sessionText({ ...session, state: 'crashed', setupFailure: 'The setup failed.' })).toContain('The setup failed.')
})

test('one that waits in line says how room is made, in a list once', () => {
  const waits: Session = { ...session, state: 'starting', place: 1 }
  expect(answerText(waits)).toMatch(/place 1.*\n.*makes room.*kept.*maxSessions/u)
  expect(answerText(session)).not.toContain('room')
  expect(sessionsText([waits, { ...waits, place: 2 }]).match(/makes room/gu)).toHaveLength(1)
  expect(sessionsText([session])).not.toContain('room')
})

test('a worktree that can be put right says with which words', () => {
  const lost: Session = { ...session, problem: 'Its worktree is missing.', repair: 'recreate' }
  expect(sessionText(lost)).toContain('Its worktree is missing.  “sluice session repair login” makes it again.')
})

test('worktrees that no session has are one a line, with what keeps them from being imported', () => {
  const [head, loose] = [session.head, { path: '/w/loose', branch: null }]
  const found = [
    { path: '/w/\u001B[2Jcart', branch: 'cart', head },
    { ...loose, head, problem: 'It is on no branch.' },
  ]
  expect(worktreesText(found).split('\n')).toEqual(['/w/�[2Jcart  cart', '/w/loose  no branch  It is on no branch.'])
  expect(worktreesText([])).toContain('no worktree')
})

test('archived sessions come last, and have no place in the cascade', () => {
  const text = sessionsText([{ ...session, name: 'old', state: 'archived' }, session, { ...session, name: 'cart' }])
  expect(text.split('\n').map((row) => row.slice(0, 8))).toEqual(['1  login', '2  cart ', '–  old  '])
})

test('an event is a sentence with the name of its session, also of a kind that nobody knows', () => {
  const at = '2026-11-21T12:00:00.000Z'
  const nameOf = (id: string) => (id === '1' ? 'login' : null)
  expect(eventText({ seq: 3, at, kind: 'session-paused', session: '1', note: true }, nameOf)).toBe(
    `3  ${at}  login  Paused, with a handoff note of its own`,
  )
  expect(eventText({ seq: 4, at, kind: 'moon-landed', session: '2' }, nameOf)).toBe(`4  ${at}  2  Moon landed`)
  const hostile = eventText({ seq: 5, at, kind: 'session-withdrawn', message: 'a\n\u001B]0;x\u0007' }, nameOf)
  expect(hostile).toMatch(/a �\]0;x�$/u)
})

test('the last output of a terminal keeps its lines and steers no terminal', () => {
  expect(outputText('one\r\ntwo \u001B[31mred\n\n')).toBe('one\ntwo �[31mred')
  expect(outputText(' \n')).toBe('Nothing of its terminal was kept.')
})

test('files of an overlap that are only counted are said as a number', () => {
  const text = overlapText({
    pairs: [
      { a: 'login', b: 'target', kind: 'clash', files: ['a.ts'], more: 7 },
      { a: 'login', b: 'cart', kind: 'same-file', files: ['b.ts'] },
    ],
    outOfScope: [{ session: 'cart', files: ['c.ts'], more: 1 }],
  })
  expect(text.split('\n')).toEqual([
    'login and the target clash in:',
    '   a.ts',
    '   and 7 more',
    'login and cart both changed, and git can merge:',
    '   b.ts',
    'cart changed outside its scope:',
    '   c.ts',
    '   and 1 more',
  ])
})

test('money is told with the budget that the session has', () => {
  expect(sessionText({ ...session, spentUsd: 0.08, budgetUsd: 0.01 })).toContain('$0.08 of $0.01')
})

test('who asks for no permission is told from who asks for one that cannot be seen, or only be answered in its terminal', () => {
  const asks: Session = { ...session, state: 'needs-permission', waitingFor: 'permission prompt' }
  expect(noPermissionText(session)).toMatch(/asks for no permission now/u)
  expect(noPermissionText(asks)).toMatch(/cannot see what for\. Answer it in its terminal\.$/u)
  expect(noPermissionText({ ...asks, hooksOff: true })).toMatch(/in its terminal\. Hooks are turned off/u)
  expect(noPermissionText({ ...asks, waitingFor: 'ExitPlanMode: # Plan' })).toMatch(/only there.*: ExitPlanMode: # Plan$/u)
})
