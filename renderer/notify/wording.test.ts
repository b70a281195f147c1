import { describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../shared/model/settings.ts'
import { session } from '../testing/fixtures.ts'
import type { News } from './news.ts'
import { isWanted, tagOf, titleOf, wordsOf } from './wording.ts'

const needs: News = {
  kind: 'needs-you',
  session: session(1, 'login-fix', { state: 'needs-permission', waitingFor: 'Bash(npm install zod)' }),
}
const landed: News = { kind: 'landed', session: null, entry: { session: 'login-fix', phase: 'landed', since: '' } }
const blocked: News = {
  kind: 'blocked',
  session: null,
  entry: { session: 'docs', phase: 'blocked', why: 'conflicts', since: '', message: 'Two files differ.' },
}
const budget: News = { kind: 'budget', session: session(1, 'login-fix', { spentUsd: 2.5 }), budgetUsd: 2 }

test('a notification names the session, what it wants and where', () => {
  expect(wordsOf(needs, 'shop')).toEqual({
    title: '“login-fix” needs your permission',
    body: 'shop',
  })
  expect(wordsOf(landed, 'shop')).toEqual({ title: '“login-fix” has landed', body: 'shop' })
  expect(wordsOf(blocked, 'shop')).toEqual({ title: '“docs” has a conflict and cannot land', body: 'Two files differ.' })
  expect(wordsOf(budget, 'shop').body).toBe('It has spent $2.50 of $2.00 · shop')
})

test('a permission says the tool and keeps what it is for to itself; a question says itself', () => {
  const permission = { id: 'p1', tool: 'Bash', input: 'curl -H "Authorization: hunter2"', more: 0 }
  const asking = session(1, 'login-fix', { state: 'needs-permission', waitingFor: `Bash: ${permission.input}`, permission })
  expect(wordsOf({ kind: 'needs-you', session: asking }, 'shop')).toEqual({ title: '“login-fix” asks to use Bash', body: 'shop' })
  const questions = [{ question: 'Which rounding?', options: ['Half up'] }]
  expect(wordsOf({ kind: 'needs-you', session: session(1, 'x', { state: 'asks', questions }) }, 'shop')).toEqual({
    title: '“x” asks a question',
    body: 'Which rounding? · shop',
  })
})

test('a setup that failed and a limit with its end say so', () => {
  const unprepared = session(1, 'x', { state: 'crashed', setupFailure: '“npm ci” exited with 1.' })
  expect(wordsOf({ kind: 'needs-you', session: unprepared }, 'shop').title).toBe('“x” could not be set up')
  const limited = session(1, 'x', { state: 'limited', limitedUntil: '2026-11-21T14:05:00Z' })
  expect(wordsOf({ kind: 'needs-you', session: limited }, 'shop').body).toMatch(/^Until \d\d:05 · shop$/u)
})

describe('only what the user wants is shown', () => {
  test.each([
    [needs, 'notifyNeedsYou'],
    [budget, 'notifyNeedsYou'],
    [blocked, 'notifyBlocked'],
    [landed, 'notifyLanded'],
  ] as const)('$kind goes by its setting and by “do not disturb”', (news, setting) => {
    expect(isWanted(news, DEFAULT_SETTINGS)).toBe(true)
    expect(isWanted(news, { ...DEFAULT_SETTINGS, [setting]: false })).toBe(false)
    expect(isWanted(news, { ...DEFAULT_SETTINGS, doNotDisturb: true })).toBe(false)
  })
})

test('two windows and two kinds of news of one session share a tag; two repositories do not', () => {
  expect(tagOf(needs, 'r1')).toBe(tagOf(landed, 'r1'))
  expect(tagOf(needs, 'r1')).not.toBe(tagOf(needs, 'r2'))
})

test.each([
  [0, null, 'Sluice'],
  [0, 'shop', 'shop – Sluice'],
  [2, 'shop', '(2) shop – Sluice'],
] as const)('with %i waiting in %s the window is called %s', (waiting, repository, title) =>
  expect(titleOf(waiting, repository)).toBe(title),
)
