/** The verbs of the review: what changed, what the user says to it, and the work in the own hands. A part of the contract. */

import * as z from 'zod'
import { BEGINNING, call, named, nothing, SENDING } from './call.ts'
import { diff, diffOf, pictures, wholeFile } from './model/diff.ts'
import { comment, commentDraft, pullLook, review, summary } from './model/review.ts'
import { oid, session } from './model/session.ts'

const repoPath = z.string().min(1).max(4096)
const repoPaths = z.array(repoPath).max(5000).readonly()
/** `blanks: false`: changes of blanks and line ends alone do not count. */
const compared = named.extend({ of: diffOf, blanks: z.boolean().optional() })
/** What may keep a diff from being made; `no-such-work`: the commit or the other session is not there. */
const DIFFING = ['no-session', 'research', 'no-target', 'worktree-missing', 'git-failed', 'no-such-work'] as const

export const reviewCalls = {
  'diff.files': call(compared, diff, DIFFING),
  /** A unified diff of the named files, or of all. */
  'diff.patch': call(
    compared.extend({ paths: repoPaths.optional() }),
    z.strictObject({
      patch: z.string(),
      truncated: z.boolean(),
      /** The session's commit that it was made of. */
      head: oid,
    }),
    DIFFING,
  ),
  /** Both sides of a file, whole. */
  'diff.whole': call(compared.extend({ path: repoPath, oldPath: repoPath.optional() }), wholeFile, [
    ...DIFFING,
    'too-large',
    'binary',
  ]),
  /** Both sides of an image. */
  'diff.pictures': call(compared.extend({ path: repoPath, oldPath: repoPath.optional() }), pictures, [
    ...DIFFING,
    'too-large',
    'no-image',
  ]),

  /** What the user said of its work, and what keeps it from landing. */
  'review.show': call(named, review, ['no-session', 'research', 'no-target', 'git-failed']),
  /** Its commits, oldest first, and what it said last. */
  'review.summary': call(named, summary, ['no-session', 'research', 'no-target', 'git-failed']),
  /** Marks files as viewed, as they are in that commit or, where they are not committed, now; the mark falls away where the change becomes another one. */
  /** `head`: the commit that was on show; left out: the branch as it is now. */
  'review.view': call(named.extend({ of: diffOf, paths: repoPaths, viewed: z.boolean(), head: oid.optional() }), nothing, [
    ...DIFFING,
  ]),
  /** The user has looked at this commit, and at what led there. */
  'review.looked': call(named.extend({ head: oid }), nothing, ['no-session', 'research', 'no-target', 'git-failed']),
  /** Adds a comment, or changes one that is a draft. */
  'review.comment': call(named.extend({ of: diffOf, comment: commentDraft }), comment, [
    ...DIFFING,
    'no-comment',
    'no-such-lines',
  ]),
  'review.delete-comment': call(named.extend({ id: z.string().max(100) }), nothing, ['no-session', 'no-comment']),
  'review.resolve': call(named.extend({ id: z.string().max(100), resolved: z.boolean() }), nothing, ['no-session', 'no-comment']),
  /** The prompt that the drafts make, as `review.send` would type it. `text` goes before them. */
  'review.compose': call(named.extend({ text: z.string().max(20_000).optional() }), z.strictObject({ text: z.string() }), [
    'no-session',
    'nothing-to-send',
    'git-failed',
  ]),
  /** Sends all drafts as one prompt, as `session.send` does; they stay drafts where that fails. An approval is withdrawn. */
  'review.send': call(named.extend({ text: z.string().max(20_000).optional(), wait: z.boolean().optional() }), session, [
    ...SENDING,
    'nothing-to-send',
    'git-failed',
  ]),
  /** A research session that reviews this one's branch; what it finds becomes drafts of comments here. */
  'review.hand': call(named.extend({ model: z.string().min(1).max(100).optional() }), session, [
    ...BEGINNING,
    'no-session',
    'research',
    'empty',
    'worktree-missing',
  ]),
  /** Commits what is not committed in its worktree, in the user's name; with `amend` into its last commit. A message alone changes that one's. */
  'review.commit': call(
    named.extend({ message: z.string().trim().min(1).max(20_000), amend: z.boolean().optional(), head: oid }),
    session,
    [
      'no-session',
      'research',
      'busy',
      'changed',
      'nothing-to-commit',
      'worktree-missing',
      'no-target',
      'untrusted',
      'git-failed',
    ],
  ),
  /**
   * Takes a change back in its worktree: a file, or one hunk of it as a unified diff. What was there is in a snapshot first, whose
   * commit is the answer. What was committed is taken back as a change that is not committed.
   */
  'review.discard': call(
    compared.extend({ path: repoPath, oldPath: repoPath.optional(), hunk: z.string().max(1_000_000).optional(), head: oid }),
    z.strictObject({ snapshot: oid }),
    [...DIFFING, 'busy', 'changed', 'does-not-apply', 'untrusted'],
  ),
  /** What there is for a pull request: nothing is pushed, nobody is asked but `gh` on this machine. */
  'pull.look': call(named, pullLook, ['no-session', 'research', 'no-target', 'worktree-missing', 'git-failed']),
  /** Pushes the branch to that remote and opens a pull request. The user's word; never called by itself. */
  'pull.open': call(
    named.extend({
      remote: z.string().min(1).max(200),
      title: z.string().trim().min(1).max(300),
      body: z.string().max(60_000),
      draft: z.boolean().optional(),
      head: oid,
    }),
    z.strictObject({ url: z.string() }),
    [
      'no-session',
      'research',
      'no-target',
      'worktree-missing',
      'changed',
      'dirty',
      'untrusted',
      'not-ready',
      'push-failed',
      'pull-failed',
      'git-failed',
    ],
  ),
  /** Calls off what `pull.open` of this session is about; what it has pushed stays pushed. */
  'pull.cancel': call(named, nothing, ['no-session']),
  /** Opens a file of its worktree in the user's editor. */
  'file.edit': call(named.extend({ path: repoPath, line: z.number().int().min(1).optional() }), nothing, [
    'no-session',
    'worktree-missing',
    'no-file',
    'no-editor',
    'not-started',
  ]),
} as const
