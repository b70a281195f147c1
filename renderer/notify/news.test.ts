import { describe, expect, test } from 'vitest'
import { DEFAULT_CONFIG } from '../../shared/model/config.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { BLOCKED, REPOSITORY, session } from '../testing/fixtures.ts'
import { newsOf, type Look } from './news.ts'

const look = (over: Partial<Look> = {}): Look => ({
  repository: REPOSITORY,
  sessions: [],
  queue: [],
  config: DEFAULT_CONFIG,
  generation: 1,
  ...over,
})

const at = (state: Session['state'], over: Partial<Session> = {}): Look =>
  look({ sessions: [session(1, 'login-fix', { state, ...over })] })

const kinds = (before: Look | null, after: Look | null): readonly string[] => newsOf(before, after).map((news) => news.kind)

const NEEDS = ['needs-you']
describe('a session', () => {
  test.each([
    ['working', 'needs-permission', NEEDS],
    ['working', 'asks', NEEDS],
    ['working', 'idle', NEEDS],
    ['working', 'limited', NEEDS],
    ['working', 'crashed', NEEDS],
    ['background', 'idle', NEEDS],
    ['idle', 'needs-permission', NEEDS],
    ['starting', 'needs-permission', NEEDS],
    ['starting', 'crashed', NEEDS],
    ['starting', 'idle', []],
    ['idle', 'idle', []],
    ['needs-permission', 'working', []],
    ['working', 'exited', []],
    ['working', 'unknown', []],
    ['idle', 'working', []],
  ] as const)('from %s to %s', (before, after, expected) => expect(kinds(at(before), at(after))).toEqual(expected))

  test('that asks something else without a word between is news again; one that stays idle is not', () => {
    const [first, second] = ['2026-11-21T10:00:00.000Z', '2026-11-21T10:00:05.000Z']
    expect(kinds(at('asks', { waitingSince: first }), at('asks', { waitingSince: second }))).toEqual(NEEDS)
    expect(kinds(at('asks', { waitingSince: first }), at('asks', { waitingSince: first, spentUsd: 9 }))).toEqual([])
    expect(kinds(at('idle', { waitingSince: first }), at('idle', { waitingSince: second }))).toEqual([])
  })

  test('that starts with a dialog is news, one that only appears idle is not', () => {
    expect(kinds(look(), at('starting', { waitingFor: 'the trust dialog' }))).toEqual(NEEDS)
    expect(kinds(look(), at('idle'))).toEqual([])
    expect(kinds(look(), at('starting'))).toEqual([])
  })

  test('that is renamed is the same one', () => {
    const renamed = look({ sessions: [session(1, 'other-name', { state: 'asks' })] })
    expect(kinds(at('asks'), renamed)).toEqual([])
  })
})

describe('a budget', () => {
  const spent = (spentUsd: number, budgetUsd: number | null): Look => ({
    ...at('working', { spentUsd }),
    config: { ...DEFAULT_CONFIG, budgetUsd },
  })
  test.each([
    [0.9, 1, 1, 1, ['budget']],
    [0.9, 1.4, 1, 1, ['budget']],
    [1.1, 1.4, 1, 1, []],
    [0.9, 1.4, null, null, []],
    [0.9, 1.4, null, 1, []],
    [0.9, 1.4, 5, 1, []],
  ] as const)('from $%s to $%s, with a limit of %s and then %s', (was, is, limitWas, limitIs, expected) =>
    expect(kinds(spent(was, limitWas), spent(is, limitIs))).toEqual(expected),
  )
  test('of its own goes before that of the repository', () => {
    const own = (spentUsd: number): Look => ({
      ...at('working', { spentUsd, budgetUsd: 0.5 }),
      config: { ...DEFAULT_CONFIG, budgetUsd: 5 },
    })
    expect(kinds(own(0.4), own(0.6))).toEqual(['budget'])
  })
})

const landed = (session: string, since: string): Entry => ({ session, phase: 'landed', since })
const blocked = (since: string): Entry => ({ ...BLOCKED, since })
const [EARLY, LATE] = ['2026-11-21T10:00:00.000Z', '2026-11-21T11:00:00.000Z']
const queued = (...queue: readonly Entry[]): Look => look({ queue })

describe('an entry', () => {
  test.each([
    [
      'that waited and landed',
      queued({ session: 'docs', phase: 'waiting', since: EARLY }),
      queued(landed('docs', LATE)),
      ['landed'],
    ],
    ['that landed a second time', queued(landed('docs', EARLY)), queued(landed('docs', LATE), landed('docs', EARLY)), ['landed']],
    ['that landed before', queued(landed('docs', EARLY)), queued(landed('docs', EARLY), landed('b', EARLY)), ['landed']],
    ['that is blocked', queued(), queued(blocked(EARLY)), ['blocked']],
    ['that is blocked again', queued(blocked(EARLY)), queued(blocked(LATE)), ['blocked']],
    ['that stays blocked', queued(blocked(EARLY)), queued(blocked(EARLY)), []],
    [
      'whose session got another name',
      queued(landed('docs', LATE), blocked(EARLY)),
      queued(landed('guide', LATE), blocked(EARLY)),
      [],
    ],
    ['that was taken out', queued(blocked(EARLY)), queued(), []],
  ] as const)('%s', (_name, before, after, expected) => expect(kinds(before, after)).toEqual(expected))
})

describe('nothing is news', () => {
  const busy = { ...at('asks'), queue: [landed('docs', LATE)] }
  test('at the first look', () => expect(kinds(null, busy)).toEqual([]))
  test('when another repository comes on show', () => {
    expect(kinds({ ...look(), repository: { ...REPOSITORY, id: 'other' } }, busy)).toEqual([])
    expect(kinds({ ...look(), repository: null }, busy)).toEqual([])
  })
  test('when nothing changed that it is about', () => expect(kinds(busy, { ...busy })).toEqual([]))
})

test('after a gap only what still waits and is new is news', () => {
  const after = {
    ...at('asks'),
    sessions: [session(1, 'login-fix', { state: 'asks' }), session(2, 'docs', { state: 'idle' })],
    queue: [blocked(LATE), landed('docs', LATE)],
    generation: 2,
  }
  const before = look({ sessions: [session(1, 'login-fix'), session(2, 'docs', { state: 'idle' })] })
  expect(newsOf(before, after).map((news) => [news.kind, news.session?.name])).toEqual([
    ['needs-you', 'login-fix'],
    ['blocked', undefined],
  ])
})
