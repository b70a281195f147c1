/** Facts about what is said above a terminal. */

import { expect, test } from 'vitest'
import type { Session } from '../../shared/model/session.ts'
import { asSeen, firstLine } from '../state/as-seen.ts'
import { session } from '../testing/fixtures.ts'
import { remarksOf } from './remarks.ts'

const ROOM = { running: 3, most: 3 }

const said = (over: Partial<Session>): readonly (readonly [string, string])[] =>
  remarksOf(session(1, 'docs', over), ROOM).map(({ kind, words }) => [kind, words])

test('a session of which there is nothing to say takes no room', () => {
  expect(said({ state: 'working', handoff: true, background: [{ type: 'shell', description: 'npm run dev' }] })).toEqual([])
})

test('a prompt that was not confirmed needs the user, one that waits says what for', () => {
  const unsent = { text: '\n\n  Commit it.\nThen stop.', waits: false }
  expect(remarksOf(session(1, 'docs', { unsent }), ROOM)).toMatchObject([
    { kind: 'unsent', tone: 'needs-you', quoted: 'Commit it.' },
  ])
  const waits = { ...unsent, waits: true }
  expect(said({ state: 'idle', unsent: waits })).toEqual([['waits', 'This prompt waits until your draft is sent:']])
  expect(said({ state: 'asks', unsent: waits })).toEqual([['waits', 'This prompt waits until its question is answered:']])
})

test('empty submodules are told, but not while the setup that may fill them runs', () => {
  expect(said({ unfilled: 'It is empty.' })).toEqual([['unfilled', 'It is empty.']])
  expect(said({ unfilled: 'It is empty.', settingUp: true }).map(([kind]) => kind)).toEqual(['setting-up'])
})

test('the next in line is told from one further back', () => {
  expect(said({ state: 'starting', place: 1 })[0]?.[1]).toMatch(/^It is the next in line/u)
  expect(said({ state: 'starting', place: 3 })[0]?.[1]).toMatch(/at place 3/u)
})

test('one in line says how room is made, and nothing of it once there is some', () => {
  const words = (running: number): string =>
    remarksOf(session(1, 'docs', { state: 'starting', place: 1 }), { running, most: 3 })[0]?.words ?? ''
  expect(words(3)).toMatch(/3 of 3 run: stop one that is idle or landed, its conversation is kept, or raise “Sessions at once”/u)
  expect(words(2)).toMatch(/as soon as there is room\.$/u)
})

test('processes that are left are counted and named', () => {
  const leftovers = [1, 2, 3, 4].map((pid) => ({ pid, command: `sleep ${pid}` }))
  expect(remarksOf(session(1, 'docs', { leftovers }), ROOM)).toMatchObject([
    { words: '4 processes of it are still running.', quoted: 'sleep 1 (1), sleep 2 (2), sleep 3 (3) and 1 more' },
  ])
  expect(said({ leftovers: leftovers.slice(0, 1) })).toEqual([['leftovers', '1 process of it is still running.']])
})

test('where hooks are turned off it says what that costs', () => {
  expect(said({ state: 'working', hooksOff: true })).toEqual([['hooks-off', expect.stringMatching(/^Hooks are turned off/u)]])
})

test('what needs the user comes first', () => {
  const all = said({
    problem: 'The worktree is gone.',
    repair: 'recreate',
    unsent: { text: 'x', waits: false },
    leftovers: [{ pid: 1, command: 'sleep' }],
    cutOff: 'It was cut off.',
  })
  expect(all.map(([kind]) => kind)).toEqual(['repair', 'unsent', 'leftovers', 'cut-off'])
  expect(said({ problem: 'Another branch is checked out there.' })).toEqual([])
})

test('nothing in a text can hide or stand elsewhere than it is', () => {
  expect(asSeen('rm tmp\u202Egnp.exe\u200B\r\nls\tx\u001B[2K\r')).toBe(
    'rm tmp\\u{202e}gnp.exe\\u{200b}\nls\tx\\u{001b}[2K\\u{000d}',
  )
  expect(asSeen('Grüße, 日本語, 👍')).toBe('Grüße, 日本語, 👍')
  expect(firstLine('\n \n')).toBe('')
})
