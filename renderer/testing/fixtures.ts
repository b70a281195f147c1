/** Made-up Houses for looking at the page: what a snapshot says in each scene. Never part of the product. */

import type { Snapshot } from '../../shared/contract.ts'
import { archivedFrom } from './archive-scenes.ts'
import { DEFAULT_CONFIG } from '../../shared/model/config.ts'
import type { Diff } from '../../shared/model/diff.ts'
import { UNKNOWN_MACHINE } from '../../shared/model/machine.ts'
import { NO_OVERLAP, type Overlap } from '../../shared/model/overlap.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Repository } from '../../shared/model/repository.ts'
import type { Session } from '../../shared/model/session.ts'
import { DEFAULT_SETTINGS } from '../../shared/model/settings.ts'

const MINUTE = 60_000
const ago = (minutes: number): string => new Date(Date.now() - minutes * MINUTE).toISOString()
const oid = (seed: string): string => seed.repeat(40).slice(0, 40)

export const REPOSITORY: Repository = {
  id: 'r1',
  path: '/home/ada/code/shop',
  name: 'shop',
  trusted: true,
  target: { branch: 'main', head: oid('3f2a1c0') },
  risks: [],
}

export function session(order: number, name: string, over: Partial<Session> = {}): Session {
  return {
    id: `s${order}`,
    name,
    branch: `sluice/${name}`,
    worktree: `/home/ada/code/shop.worktrees/${name}`,
    order,
    state: 'working',
    research: false,
    approved: false,
    head: oid(`${order}b7e4d2`),
    ahead: 1,
    behind: 0,
    dirty: false,
    files: 3,
    insertions: 42,
    deletions: 7,
    model: 'opus',
    permissionMode: 'acceptEdits',
    scope: [],
    spentUsd: 0.42,
    contextPercent: 21,
    prompt: `Work on ${name}`,
    startedAt: ago(40),
    ...over,
  }
}

const FIVE: readonly Session[] = [
  session(1, 'login-fix', {
    state: 'needs-permission',
    waitingFor: 'Bash(npm install zod)',
    waitingSince: ago(4.3),
    dirty: true,
    files: 4,
    insertions: 120,
    deletions: 31,
  }),
  session(2, 'cart-api', { state: 'working', files: 2, insertions: 18, deletions: 2, spentUsd: 0.11 }),
  session(3, 'docs', { state: 'idle', approved: true, waitingSince: ago(9), insertions: 44, deletions: 0, spentUsd: 0.06 }),
  session(4, 'search-ranking', { state: 'idle', waitingSince: ago(2), files: 9, insertions: 210, deletions: 88, spentUsd: 1.3 }),
  session(5, 'checkout-total', {
    state: 'asks',
    waitingFor: 'Which rounding?',
    waitingSince: ago(1.2),
    insertions: 9,
    deletions: 3,
    spentUsd: 2.01,
  }),
]

const QUEUE: readonly Entry[] = [
  { session: 'docs', phase: 'checking', since: ago(0.7), head: oid('c0ffee1'), check: { name: 'npm test', index: 2, of: 2 } },
  { session: 'price-format', phase: 'waiting', since: ago(0.4), head: oid('a11ce00') },
]
const LANDED: readonly Entry[] = [
  { session: 'ci-cache', phase: 'landed', since: ago(31), targetBefore: oid('11aa'), targetAfter: oid('3f2a1c0') },
  { session: 'typo', phase: 'landed', since: ago(95), targetBefore: oid('10aa'), targetAfter: oid('9d01e55') },
]
export const BLOCKED: Entry = {
  session: 'search-ranking',
  phase: 'blocked',
  why: 'conflicts',
  since: ago(6),
  head: oid('4b7e4d2'),
  files: ['src/search/rank.ts', 'src/search/index.ts'],
  message: 'Clashes with what landed before it, in 2 files. main is untouched.',
}
const FAILED: Entry = {
  session: 'cart-api',
  phase: 'blocked',
  why: 'checks',
  since: ago(3),
  head: oid('2b7e4d2'),
  message: '“npm test” failed with exit code 1. Nothing landed.',
  check: { name: 'npm test', index: 2, of: 2 },
}

const OVERLAP: Overlap = {
  pairs: [
    { a: 'login-fix', b: 'search-ranking', files: ['src/auth/session.ts', 'src/search/rank.ts'], kind: 'clash' },
    { a: 'cart-api', b: 'checkout-total', files: ['src/cart/total.ts'], kind: 'same-file' },
    { a: 'search-ranking', b: 'target', files: ['src/search/index.ts'], kind: 'clash' },
  ],
  outOfScope: [{ session: 'cart-api', files: ['package.json'] }],
}

const snapshot = (over: Partial<Snapshot>): Snapshot => ({
  seq: 0,
  version: '0.1.0',
  repository: REPOSITORY,
  recent: ['/home/ada/code/shop', '/home/ada/code/blog', '/home/ada/src/very/deep/folders/of/an/older/client/invoices'],
  config: { ...DEFAULT_CONFIG, checks: ['npm run lint', 'npm test'] },
  settings: DEFAULT_SETTINGS,
  sessions: [],
  queue: [],
  overlap: NO_OVERLAP,
  machine: UNKNOWN_MACHINE,
  shells: [],
  notices: [],
  ...over,
})

/** Every scene by name. */
export const SCENES: Readonly<Record<string, Snapshot>> = {
  welcome: snapshot({ repository: null }),
  first: snapshot({ repository: null, recent: [] }),
  empty: snapshot({ config: DEFAULT_CONFIG }),
  bare: snapshot({ config: DEFAULT_CONFIG }),
  busy: snapshot({
    sessions: FIVE,
    queue: [...QUEUE, ...LANDED],
    overlap: OVERLAP,
    config: { ...DEFAULT_CONFIG, checks: ['npm run lint', 'npm test'], maxSessions: 5 },
  }),
  /** Sixty are archived, and the next one would have to wait. */
  archived: snapshot({
    sessions: [
      ...FIVE,
      session(6, 'waits-first', { state: 'starting', place: 1 }),
      session(7, 'waits-next', { state: 'starting', place: 2 }),
      ...archivedFrom(session(1, 'x')),
    ].map((one) => ({ ...one, claudeSession: 'c1' })),
    queue: LANDED,
  }),
  /** Whoever archived all of it. */
  'put-away': snapshot({ sessions: archivedFrom(session(1, 'x')), queue: LANDED }),
  eight: snapshot({
    sessions: [
      ...FIVE,
      session(6, 'a-rather-long-session-name', {
        state: 'limited',
        waitingSince: ago(70),
        insertions: 12_345,
        deletions: 9_876,
        spentUsd: 12.34,
      }),
      session(7, 'price-format', { state: 'exited', exit: { code: 0, signal: null } }),
      session(8, 'crash', { state: 'crashed', waitingSince: ago(300), exit: { code: 1, signal: null } }),
    ],
    queue: [...QUEUE, ...LANDED],
    overlap: OVERLAP,
    config: { ...DEFAULT_CONFIG, maxSessions: 8 },
  }),
  twelve: snapshot({
    sessions: [
      ...FIVE,
      ...[
        'a-rather-long-session-name',
        'price-format',
        'crash',
        'cache-keys',
        'mail-templates',
        'old-browsers',
        'search-index',
      ].map((name, at) =>
        session(at + 6, name, at === 2 ? { state: 'crashed', waitingSince: ago(300) } : { spentUsd: 0.3 * at }),
      ),
    ],
    queue: [...QUEUE, ...LANDED],
    overlap: OVERLAP,
    config: { ...DEFAULT_CONFIG, maxSessions: 12, budgetUsd: 1.5 },
  }),
  blocked: snapshot({
    sessions: FIVE.map((one) => (one.id === 's2' ? { ...one, state: 'idle' as const, approved: true } : one)),
    queue: [BLOCKED, FAILED, ...LANDED],
    notices: [
      {
        id: 'n1',
        message: 'The database was damaged and was set aside as sluice.db.damaged-2026-11-20; Sluice started with an empty one.',
      },
    ],
  }),
  trust: snapshot({
    repository: {
      ...REPOSITORY,
      trusted: false,
      risks: [
        'git hooks: pre-commit, post-checkout',
        'git configuration: core.fsmonitor runs “.tools/watch.sh”',
        'Claude Code settings: .claude/settings.json has 2 hooks',
        '.mcp.json starts a server: npx internal-tools',
      ],
    },
  }),
  gone: snapshot({ sessions: FIVE, queue: [...QUEUE, ...LANDED] }),
  /** The House does not answer yet. */
  arriving: snapshot({}),
  odd: snapshot({
    sessions: [
      session(1, 'login-fix', { state: 'unknown', waitingFor: 'the end of process 4711', pid: 4711 }),
      session(2, 'cart-api', { state: 'limited', waitingSince: ago(12) }),
      session(3, 'docs', { state: 'idle', approved: true }),
      session(4, 'search-ranking', { state: 'idle', approved: true }),
    ],
    queue: LANDED,
  }),
  fault: snapshot({ sessions: FIVE, queue: [...QUEUE, ...LANDED] }),
  ended: snapshot({
    sessions: [session(1, 'login-fix', { state: 'exited', exit: { code: 143, signal: null } }), ...FIVE.slice(1)],
    queue: LANDED,
  }),
}

export const DIFF: Diff = {
  base: oid('3f2a1c0'),
  head: oid('1b7e4d2'),
  files: [
    { path: 'src/auth/login.ts', status: 'modified', insertions: 14, deletions: 8, binary: false, viewed: false },
    { path: 'src/auth/redirect.ts', status: 'added', insertions: 13, deletions: 0, binary: false, viewed: false },
    { path: 'test/auth/login.test.ts', status: 'modified', insertions: 7, deletions: 1, binary: false, viewed: false },
    {
      path: 'docs/guides/signing-in/README.md',
      oldPath: 'docs/README.md',
      status: 'renamed',
      insertions: 1,
      deletions: 1,
      binary: false,
      viewed: false,
    },
    { path: 'docs/old-login.md', status: 'deleted', insertions: 0, deletions: 3, binary: false, viewed: false },
  ],
}
