/** Made-up archived sessions, leavings, worktrees, bases and events for looking at their dialogs. Never part of the product. */

import type { Leavings } from '../../shared/model/archive.ts'
import type { BaseLook, FoundWorktree } from '../../shared/model/base.ts'
import type { Event } from '../../shared/model/event.ts'
import type { Session } from '../../shared/model/session.ts'

const MINUTE = 60_000
const ago = (minutes: number): string => new Date(Date.now() - minutes * MINUTE).toISOString()
const oid = (seed: string): string => seed.repeat(40).slice(0, 40)

const SUBJECTS = [
  'login-fix',
  'cart-api',
  'a-rather-long-session-name-about-prices',
  'docs',
  'search',
  'mail-templates',
  'ci-cache',
]

/** Sixty that were archived, from one session. */
export function archivedFrom(one: Session): readonly Session[] {
  return Array.from({ length: 60 }, (_, at) => ({
    ...one,
    id: `archived-${at}`,
    name: `${SUBJECTS[at % SUBJECTS.length] ?? 'x'}-${at + 1}`,
    order: 100 + at,
    state: 'archived' as const,
    ahead: at % 4,
    spentUsd: at * 0.37,
    prompt: `Work on ${SUBJECTS[at % SUBJECTS.length] ?? 'x'} and say what was done`,
    archive: { at: ago(at * 470 + 3), removed: true, ...(at % 3 === 0 ? { snapshot: oid('5a') } : {}) },
  }))
}

export const LEAVINGS: Leavings = {
  commits: 3,
  uncommitted: ['src/auth/login.ts', 'src/auth/redirect.ts', 'test/auth/login.test.ts', 'notes/what-i-tried.md'],
  ignored: [
    { path: 'node_modules/', bytes: 312_400_000 },
    { path: 'dist/', bytes: 4_120_000 },
    { path: 'coverage/lcov-report/assets/with/a/path/that/is/longer/than/the/dialog/is/wide/index.html', bytes: 88_000 },
    { path: '.env', bytes: 412 },
  ],
  ignoredBytes: 318_900_000,
  ignoredCount: 41_233,
  running: true,
}

export const WORKTREES: readonly FoundWorktree[] = [
  { path: '/home/ada/code/shop-hotfix', branch: 'hotfix/price', head: oid('77') },
  {
    path: '/home/ada/code/experiments/with/long/folders/inside/of/others/shop-old-browsers',
    branch: 'old-browsers',
    head: oid('78'),
  },
  {
    path: '/home/ada/code/shop-bisect',
    branch: null,
    head: oid('79'),
    problem: 'It is on no branch; check one out there first.',
  },
]

export function baseLook(from: string): BaseLook {
  const behind = { of: 'origin/main', commits: 12, fetchedAt: ago(3 * 24 * 60) }
  return from === '' || from === 'main'
    ? { name: 'main', head: oid('3f2a1c0'), subject: 'Round the totals of a cart once, at the end', behind }
    : { name: from, head: oid('9d01e55'), subject: 'Fix a typo' }
}

const KINDS: readonly Readonly<Record<string, unknown>>[] = [
  { kind: 'session-state', state: 'idle' },
  { kind: 'session-state', state: 'working' },
  { kind: 'permission-answered', tool: 'Bash', by: 'sluice', allow: true },
  { kind: 'permission-asked', tool: 'Bash' },
  { kind: 'session-state', state: 'working' },
  { kind: 'session-launched', resumed: false, pid: 1 },
  { kind: 'session-prepared' },
  { kind: 'session-started', branch: 'sluice/login-fix' },
  { kind: 'landed', after: oid('3f2a1c0') },
  { kind: 'checks-passed', rebased: oid('3f2a1c0') },
  { kind: 'entry-blocked', message: '“npm test” failed with exit code 1. Nothing landed.' },
  { kind: 'session-exited', code: null, signal: 'SIGKILL', asked: false },
  { kind: 'session-knighted' },
  { kind: 'config-set', key: 'checks', session: undefined },
]
const LENGTH = 520

/** A page of made-up events, as `events.list` gives it. */
export function eventsBefore(before: number, limit: number, session: unknown, kinds: unknown): readonly Event[] {
  const all = Array.from({ length: LENGTH }, (_, at): Event => {
    const seq = LENGTH - at
    const one = KINDS[at % KINDS.length] ?? {}
    return { seq, at: ago(at * 7), repository: 'r1', session: `s${(at % 5) + 1}`, kind: 'unknown', ...one }
  })
  return all
    .filter(({ seq }) => seq < before)
    .filter((event) => session === undefined || event['session'] === session)
    .filter(({ kind }) => !Array.isArray(kinds) || kinds.includes(kind))
    .slice(0, limit)
}
