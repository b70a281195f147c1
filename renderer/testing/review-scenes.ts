/** What is said of the painted sessions' work: readiness, comments, commits, a last message. For looking only. */

import type { CallName } from '../../shared/contract.ts'
import type { Comment, PullLook, ReadinessLine, Review, Summary } from '../../shared/model/review.ts'
import type { Session } from '../../shared/model/session.ts'

const oid = (seed: string): string => seed.repeat(40).slice(0, 40)
const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()

const comment = (over: Partial<Comment>): Comment => ({
  id: 'c1',
  path: 'src/auth/login.ts',
  lines: { side: 'new', start: 14, end: 16 },
  now: { side: 'new', start: 14, end: 16 },
  text: 'Fail early here: an empty token must never get as far as the request.',
  head: oid('1b7e4d2'),
  quoted: ['  const token = read()', '  if (token) {', '    await request(token)'],
  at: ago(4),
  state: 'draft',
  changed: 'no',
  ...over,
})

const COMMENTS: readonly Comment[] = [
  comment({}),
  comment({
    id: 'c2',
    path: 'test/auth/login.test.ts',
    lines: null,
    now: null,
    text: 'Where is the test for the second redirect?',
  }),
  comment({
    id: 'c3',
    path: 'src/auth/redirect.ts',
    lines: { side: 'new', start: 4, end: 4 },
    now: null,
    text: 'The state parameter is not checked.',
    by: 'review-of-login-fix',
    changed: 'yes',
  }),
  comment({ id: 'c4', path: null, lines: null, now: null, text: 'Please keep the old name.', state: 'sent' }),
]

const line = (kind: ReadinessLine['kind'], level: ReadinessLine['level'], text: string, files: readonly string[] = []) => ({
  kind,
  level,
  text,
  files,
})

const OPEN: readonly ReadinessLine[] = [
  line('dirty', 'blocks', 'It has uncommitted changes, which do not land. Commit or discard them first.', [
    'src/auth/session.ts',
  ]),
  line('conflict', 'blocks', 'It conflicts with “cart-api”, which would land before it.', ['src/auth/session.ts']),
  line('not-approved', 'blocks', 'Nobody has approved it as it is now.'),
  line('behind', 'warns', 'main has 3 commits that it does not have. The queue rebases it.'),
  line('out-of-scope', 'warns', 'It changed 2 files that are not in its scope.', ['package.json', 'docs/old-login.md']),
  line('comments', 'warns', '3 comments are drafts, 1 is not resolved.'),
  line('unviewed', 'warns', '5 of 5 files are not viewed yet.'),
  line('checks', 'good', 'The checks passed on exactly this commit.'),
]
const READY: readonly ReadinessLine[] = [
  line('unviewed', 'warns', '2 of 5 files are not viewed yet.'),
  line('checks', 'good', 'The checks passed on exactly this commit.'),
]

const SUMMARY: Summary = {
  commits: [
    { oid: oid('c0ffee1'), subject: 'Read the token in one place', body: '', author: 'Ada', at: ago(75) },
    {
      oid: oid('c0ffee2'),
      subject: 'Send people back to where they were after they signed in',
      body: 'The address was lost when the session had expired.\nIt travels in the state now.',
      author: 'Ada',
      at: ago(31),
    },
    { oid: oid('1b7e4d2'), subject: 'Test the redirect', body: '', author: 'Ada', at: ago(6) },
  ],
  message: `Signing in now leads **back to the page** you came from.

- \`login.ts\` reads the token in one place
- \`redirect.ts\` is new: it keeps the address in the state
  - an address of another host is refused
- the tests cover both

I left \`docs/old-login.md\` out; see [the guide](https://example.org/guide).`,
}

const PULL: PullLook = {
  remotes: [
    { name: 'origin', url: 'https://github.com/acme/shop' },
    { name: 'fork', url: 'git@github.com:ada/shop' },
  ],
  branch: 'sluice/login-fix',
  title: 'Send people back to where they were after they signed in',
  body: SUMMARY.message ?? '',
  missing: null,
  open: null,
}

function reviewOf(session: Session): Review {
  if (session.order === 1)
    return { session: session.id, looked: { head: oid('c0ffee1'), at: ago(60) }, comments: COMMENTS, readiness: OPEN }
  const readiness = session.approved ? READY : [line('not-approved', 'blocks', 'Nobody has approved it as it is now.'), ...READY]
  return { session: session.id, looked: null, comments: [], readiness }
}

/** The value of a call about the work of a session; undefined for any other call. */
export function saidOfWork(call: CallName, session: Session | undefined): unknown {
  if (session === undefined) return undefined
  switch (call) {
    case 'review.show':
      return reviewOf(session)
    case 'review.summary':
      return session.order === 1 ? SUMMARY : { commits: SUMMARY.commits.slice(0, session.ahead), message: null }
    case 'review.compose':
      return {
        text: 'I have reviewed your work.\n\n1. src/auth/login.ts:14–16\n```\n  const token = read()\n```\nFail early here: an empty token must never get as far as the request.\n\nPlease make these changes, commit them, and say what you did and what not.',
      }
    case 'review.send':
    case 'review.commit':
    case 'review.hand':
      return session
    case 'pull.look':
      return session.order === 1
        ? PULL
        : { ...PULL, missing: 'The GitHub command line, gh, was not found. Install it and sign in with gh auth login.' }
    case 'pull.open':
      return { url: 'https://github.com/acme/shop/pull/12' }
    case 'review.view':
    case 'review.looked':
    case 'review.delete-comment':
    case 'review.resolve':
      return {}
    default:
      return undefined
  }
}
