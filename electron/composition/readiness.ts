/** Gathers what the readiness list says of a session: from git, the queue, the radar and its review. What blocks is what the queue itself decides. */

import { findOutside } from '../overlap/outside.ts'
import type { Checkout } from '../git/checkout.ts'
import type { Git } from '../git/run.ts'
import { parseOid } from '../git/names.ts'
import { status } from '../git/status.ts'
import { clashWords, readinessOf, type Blocking } from '../review/readiness.ts'
import type { ReviewRecord } from '../review/record.ts'
import { withoutHandoff } from '../../shared/model/handoff.ts'
import { lacksApproval, unfit, UNTRUSTED_CHECKS } from '../../shared/model/landing.ts'
import type { Diff } from '../../shared/model/diff.ts'
import type { ReadinessLine } from '../../shared/model/review.ts'
import { candidateOf, type Ready } from './asking.ts'
import type { Hall } from './hall.ts'

const KINDS = { 'worktree-missing': 'problem', dirty: 'dirty', empty: 'empty' } as const

/** The files that are not committed. A worktree that cannot be read has other troubles, which are said. */
async function dirtyFiles(git: Git, worktree: Checkout): Promise<readonly string[]> {
  const found = await status(git, worktree).catch(() => null)
  return found === null ? [] : withoutHandoff(found.changes).map((change) => change.path)
}

type Foretold = { readonly blocking: readonly Blocking[]; readonly replay: 'clean' | 'unknown' | null }

/** What the queue would find once it has the session in hand. */
async function foretell(hall: Hall, { desk, record, session }: Ready, { base }: Pick<Diff, 'base'>): Promise<Foretold> {
  const target = hall.repositories.current()?.target
  const [head, left] = [parseOid(session.head), parseOid(base)]
  const isThere = session.archive === undefined && session.problem === undefined
  if (target == null || head === null || left === null || session.ahead === 0 || !isThere) return { blocking: [], replay: null }
  const { setup, handoff, replay } = await desk.queue.foretell(record, { head, base: left, target })
  const blocking: Blocking[] = []
  if (setup !== null) blocking.push({ kind: 'problem', text: setup.message, files: [] })
  if (handoff !== null) blocking.push({ kind: 'handoff', text: handoff.message, files: handoff.files })
  if (replay === 'unknown') return { blocking, replay }
  if (replay !== null) {
    const { why, message, files } = replay
    const kind = why === 'conflicts' ? 'conflict' : why === 'empty' ? 'empty' : 'problem'
    // What the queue says of it once it has tried; here nobody has.
    const text = kind === 'conflict' ? clashWords(files.length) : message
    blocking.push({ kind, text, files })
  }
  return { blocking, replay: replay === null ? 'clean' : null }
}

/** Takes a session as git has it now, what its branch changes, and its review; gives the list. */
export async function readiness(
  { hall, git }: { readonly hall: Hall; readonly git: Git },
  ready: Ready,
  diff: Diff,
  { comments }: Pick<ReviewRecord, 'comments'>,
): Promise<readonly ReadinessLine[]> {
  const { desk, record, session } = ready
  const repository = hall.repositories.current()
  if (repository === null) return []
  const { config, checkout, target } = repository
  const blocking: Blocking[] = []
  for (const { code, message } of unfit(candidateOf(ready))) {
    const files = code === 'dirty' ? await dirtyFiles(git, { path: session.worktree, trusted: checkout.trusted }) : []
    blocking.push({ kind: KINDS[code], text: message, files })
  }
  if (!checkout.trusted) blocking.push({ kind: 'problem', text: UNTRUSTED_CHECKS, files: [] })
  const foretold = await foretell(hall, ready, diff)
  blocking.push(...foretold.blocking)
  if (lacksApproval(config, session.approved)) {
    const text = 'This commit is not approved. Review it and approve it.'
    blocking.push({ kind: 'not-approved', text, files: [] })
  }
  const paths = diff.files.map(({ path }) => path)
  const outside = await findOutside([{ ...session, scope: record.scope }], new Map([[session.id, paths]]))
  return readinessOf({
    target: target?.branch ?? 'the target',
    blocking,
    replay: foretold.replay,
    clashes: desk.radar
      .view()
      .pairs.filter(({ b, kind }) => kind === 'clash' && b === session.name)
      .map(({ a, files }) => ({ session: a, files })),
    approved: session.approved,
    behind: session.behind,
    outOfScope: outside.get(session.id)?.files ?? [],
    comments: {
      drafts: comments.filter(({ state }) => state === 'draft').length,
      open: comments.filter(({ state }) => state === 'sent').length,
    },
    viewed: { all: diff.files.length, unviewed: diff.files.filter(({ viewed }) => !viewed).map(({ path }) => path) },
    checks: { commands: config.checks, last: desk.queue.lastCheck(session.id, session.head) },
  })
}
