/** Made-up Houses for looking at how sessions live: what they ask, what waits, what ended how. Never part of the product. */

import type { Snapshot } from '../../shared/contract.ts'
import type { Session } from '../../shared/model/session.ts'
import { SCENES, session } from './fixtures.ts'

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()

function scene(sessions: readonly Session[], over: Partial<Snapshot> = {}): Snapshot {
  const { config, ...busy } = SCENES['busy']!
  return { ...busy, config: { ...config, maxSessions: 3 }, queue: [], sessions, ...over }
}

const others: readonly Session[] = [
  session(2, 'cart-api', { silentSince: ago(12), insertions: 18, deletions: 2, spentUsd: 0.11 }),
  session(3, 'docs', { state: 'idle', approved: true }),
]

const COMMAND = `for file in $(git ls-files 'src/**/*.ts'); do
  node build/rewrite-imports.ts --from '../lib/session' --to '../../shared/session' "$file"
done
npm install zod@4 --save-exact && npm test -- --run src/auth
git diff --stat
echo "one more line"
echo "and another, which scrolls"
rm -rf tmp\u202Egnp.exe`

const asking = (over: Partial<Session>): Session =>
  session(1, 'login-fix', { state: 'needs-permission', waitingFor: 'permission prompt', waitingSince: ago(4.3), ...over })

/** By name. */
export const LIFECYCLE: Readonly<Record<string, Snapshot>> = {
  permission: scene([
    asking({ permission: { id: 'p1', tool: 'Bash', input: 'npm install zod', more: 0 }, port: 4310, handoff: true }),
    session(2, 'cart-api', {
      state: 'needs-permission',
      waitingSince: ago(1),
      permission: { id: 'p2', tool: 'Write', input: 'src/cart/total.ts', more: 2 },
    }),
    ...others.slice(1),
    session(4, 'search-ranking', {
      state: 'asks',
      waitingSince: ago(1.2),
      questions: [{ question: 'Which rounding?', options: ['Half up', 'Half even'] }],
    }),
  ]),
  'long-permission': scene([asking({ permission: { id: 'p1', tool: 'Bash', input: COMMAND, more: 1 } }), ...others]),
  questions: scene([
    session(1, 'login-fix', {
      state: 'asks',
      waitingSince: ago(2),
      questions: [
        {
          question: 'Which database should the sessions go to?',
          options: ['SQLite, one file', 'Postgres', 'Keep them in memory'],
        },
        { question: 'For how many days does a session live?', options: ['1', '14', '30'] },
      ],
    }),
    ...others,
  ]),
  kept: scene([
    session(1, 'login-fix', {
      state: 'idle',
      waitingSince: ago(2),
      unsent: { text: 'Please commit your work: stage everything that belongs to this change.\n\nThen stop.', waits: false },
    }),
    session(2, 'cart-api', { state: 'idle', unsent: { text: 'Rebase onto main', waits: true } }),
    others[1]!,
  ]),
  line: scene(
    [
      session(1, 'login-fix', { state: 'starting', place: 1, insertions: 0, deletions: 0, spentUsd: 0 }),
      session(2, 'cart-api', { state: 'starting', settingUp: true, insertions: 0, deletions: 0 }),
      ...others.slice(1),
      session(4, 'search-ranking', { state: 'starting', place: 2, insertions: 0, deletions: 0, spentUsd: 0 }),
    ],
    { machine: { memory: { totalBytes: 16e9, availableBytes: 0.8e9, low: true } } },
  ),
  trouble: scene([
    session(1, 'login-fix', {
      state: 'crashed',
      waitingSince: ago(3),
      exit: { code: null, signal: 'SIGKILL' },
      leftovers: [
        { pid: 4711, command: 'npm run dev -- --port 4310' },
        { pid: 4712, command: 'node server.js' },
      ],
    }),
    session(2, 'cart-api', {
      state: 'crashed',
      waitingSince: ago(3),
      setupFailure: 'The setup command “npm ci” exited with 1. Its output is in the terminal.',
    }),
    session(3, 'docs', {
      state: 'exited',
      exit: { code: 0, signal: null },
      problem: 'The worktree /home/ada/code/shop.worktrees/docs is not there any more.',
      repair: 'recreate',
    }),
    session(4, 'search-ranking', {
      state: 'paused',
      handoff: true,
      exit: { code: 143, signal: null },
    }),
  ]),
  running: scene([
    session(1, 'login-fix', {
      state: 'background',
      port: 4310,
      background: [
        { type: 'shell', description: 'npm run dev -- --port 4310' },
        { type: 'subagent', description: 'Look around in the cart' },
      ],
    }),
    session(2, 'cart-api', {
      state: 'limited',
      waitingSince: ago(12),
      limitedUntil: new Date(Date.now() + 3_600_000).toISOString(),
    }),
    session(3, 'docs', {
      silentSince: ago(12),
      cutOff: 'Sluice ended while it ran “npm test”. It was resumed and goes on from there.',
    }),
    session(4, 'where-is-it', {
      state: 'idle',
      waitingSince: ago(1),
      research: true,
      permissionMode: 'plan',
      ahead: 0,
      insertions: 0,
      deletions: 0,
      files: 0,
    }),
  ]),
  handoff: scene([session(1, 'login-fix', { state: 'idle', approved: true, handoff: true }), ...others], {
    queue: [
      {
        session: 'login-fix',
        phase: 'blocked',
        why: 'handoff',
        since: ago(2),
        files: ['HANDOFF.md'],
        message:
          'A commit of this branch has HANDOFF.md, which never lands. Drop it from the branch; the file stays in the worktree.',
      },
    ],
  }),
  shelved: scene([
    ...others,
    ...Array.from({ length: 50 }, (_, at) =>
      session(at + 10, `old-${at + 1}`, {
        state: 'archived',
        archive: { at: ago(60 * (at + 1)), removed: true },
        ...(at % 2 === 0 ? {} : { ahead: 0 }),
      }),
    ),
  ]),
  watch: scene([
    asking({ permission: { id: 'p1', tool: 'Bash', input: COMMAND, more: 1 } }),
    ...others,
    session(4, 'search-ranking', {
      state: 'asks',
      questions: [{ question: 'Which rounding should the totals have?', options: ['Half up', 'Half even'] }],
    }),
    session(5, 'checkout-total', { unsent: { text: 'Rebase onto main', waits: false } }),
  ]),
}

const ASKED = ['permission', 'questions', 'unsent', 'repair', 'problem', 'exit', 'setupFailure', 'waitingSince'] as const

/** What becomes of a painted session after a call. */
export function lived(before: Session, call: string): Session {
  const rest: Session = { ...before }
  for (const key of ASKED) delete rest[key]
  const { permission } = before
  switch (call) {
    case 'session.answer':
      return permission !== undefined && permission.more > 0
        ? { ...before, permission: { ...permission, id: `${permission.id}-next`, more: permission.more - 1 } }
        : { ...rest, state: 'working' }
    case 'session.interrupt':
    case 'session.forget-prompt':
      return { ...rest, state: 'idle', waitingSince: new Date().toISOString() }
    case 'session.pause':
      return { ...rest, state: 'paused', handoff: true, exit: { code: 143, signal: null } }
    default:
      return { ...rest, state: call === 'session.repair' ? 'exited' : 'starting' }
  }
}
