/** What answers the calls about what the user says to a session's work. */

import type { Handlers } from '../bridge/serve.ts'
import { attempt } from '../git/failure.ts'
import { parseOid } from '../git/names.ts'
import { mergeBase } from '../git/refs.ts'
import { isSamePlace, keptDraft, placesOf, quote } from '../review/commenting.ts'
import { listChanges } from '../review/diffs.ts'
import { marksOf } from '../review/marks.ts'
import { commented, commentView, marked, resolved, withoutComment, type KeptComment } from '../review/record.ts'
import { workAt } from '../review/spans.ts'
import { commitsOf } from '../review/summary.ts'
import { lastMessage } from '../sessions/transcript.ts'
import type { Comment, Review } from '../../shared/model/review.ts'
import { fail, ok, type Refused, type Result } from '../../shared/result.ts'
import type { Asking, HandlerParts, Named } from './asking.ts'
import { answerHandlers } from './handlers-answer.ts'
import { readiness } from './readiness.ts'
import { createShowing, type Shown } from './showing.ts'

type ReviewCalls = Exclude<Extract<keyof Handlers, `review.${string}`>, 'review.commit' | 'review.discard'>

function noComment(name: string): Refused<'no-comment'> {
  return fail('no-comment', `That comment on “${name}” is not there any more.`)
}

export function reviewHandlers(parts: HandlerParts, asking: Asking): Pick<Handlers, ReviewCalls> {
  const { hall, git } = parts
  const { named } = asking
  const showing = createShowing(parts, asking)
  const { subjectOf, shown } = showing

  const nameOf = (id: string): string | undefined => hall.desk()?.sessions.record(id)?.name

  async function viewsOf({ subject, head, session }: Shown, comments: readonly KeptComment[]): Promise<readonly Comment[]> {
    const hasWorktree = session.archive === undefined && session.problem === undefined
    const places = await placesOf(git, subject, { head, hasWorktree }, comments)
    return comments.map((comment, at) => commentView(comment, places[at] ?? { changed: 'gone', now: null }, nameOf))
  }

  /** Leads to the comment, or to why not. */
  function commentOf(name: string, id: string): Result<Named & { readonly comment: KeptComment }, 'no-session' | 'no-comment'> {
    const found = named(name)
    if (!found.ok) return found
    const { desk, record } = found.value
    const comment = desk.reviews.of(record.id).comments.find((one) => one.id === id)
    return comment === undefined ? noComment(record.name) : ok({ ...found.value, comment })
  }

  return {
    async 'review.show'({ name }) {
      const found = await shown(name)
      if (!found.ok) return found
      const { desk, record, session, subject, head } = found.value
      // The commits are there still when the worktree is not.
      const isThere = session.archive === undefined && session.problem === undefined
      const list = await listChanges(git, isThere ? subject : { ...subject, worktree: subject.repository }, 'branch')
      if (!list.ok && isThere) return fail('git-failed', list.failure.message)
      const diff = list.ok ? list.value : { base: head, head, files: [] }
      const done = await attempt(async (): Promise<Review> => {
        const review = desk.reviews.of(record.id)
        return {
          session: record.id,
          looked: review.looked === null ? null : { head: review.looked.head, at: review.looked.at },
          comments: await viewsOf(found.value, review.comments),
          readiness: await readiness(parts, found.value, diff, review),
        }
      })
      return done.ok ? done : fail('git-failed', done.failure.message)
    },
    async 'review.summary'({ name }) {
      const found = await shown(name)
      if (!found.ok) return found
      const { desk, record, subject, head } = found.value
      if (subject.target === null) return fail('no-target', 'There is no target branch. Choose one in the settings.')
      const commits = await commitsOf(git, subject.repository, { head, target: subject.target })
      if (!commits.ok) return commits
      const said = record.claudeSession === null ? null : await lastMessage(desk.configDir, record.claudeSession)
      return ok({ ...commits.value, message: said?.text ?? null })
    },
    async 'review.view'({ name, of, paths, viewed, head }) {
      const subject = await subjectOf(name)
      if (!subject.ok) return subject
      const found = named(name)
      if (!found.ok) return found
      const { desk, record } = found.value
      // What came meanwhile has not been seen.
      const seen = head === undefined ? null : parseOid(head)
      const marks = viewed
        ? await attempt(async () => {
            const asSeen = seen === null ? {} : { at: await workAt(git, subject.value, seen) }
            return marksOf(git, { ...subject.value, ...asSeen }, of, paths)
          })
        : ok(null)
      if (!marks.ok) return marks
      desk.reviews.change(record.id, (review) => marked(review, paths, marks.value))
      return ok({})
    },
    async 'review.looked'({ name, head }) {
      const subject = await subjectOf(name)
      if (!subject.ok) return subject
      const found = named(name)
      if (!found.ok) return found
      const { desk, record } = found.value
      const { repository, target } = subject.value
      const [commit, goal] = [parseOid(head), target]
      if (commit === null || goal === null) return fail('no-target', 'There is no target branch. Choose one in the settings.')
      const base = await attempt(() => mergeBase(git, repository, goal, commit))
      if (!base.ok) return fail('git-failed', base.failure.message)
      const looked = { head, base: base.value ?? head, at: desk.clock.now().toISOString() }
      desk.reviews.change(record.id, (review) => ({ ...review, looked }))
      return ok({})
    },
    async 'review.comment'({ name, of, comment: draft }) {
      const found = await shown(name)
      if (!found.ok) return found
      const { desk, record, subject } = found.value
      const { comments } = desk.reviews.of(record.id)
      const before =
        draft.id === undefined ? null : (comments.find(({ id, state }) => id === draft.id && state === 'draft') ?? null)
      if (draft.id !== undefined && before === null) return noComment(record.name)
      const done = await attempt(async () =>
        before !== null && isSamePlace(draft, before) ? ok(before) : quote(git, subject, of, draft),
      )
      if (!done.ok) return done
      if (!done.value.ok) return done.value
      const { quoted, print } = done.value.value
      const kept = keptDraft(
        draft,
        {
          id: before?.id ?? crypto.randomUUID(),
          at: desk.clock.now().toISOString(),
          quoted: { quoted, ...(print === undefined ? {} : { print }) },
        },
        before,
      )
      desk.reviews.change(record.id, (review) => commented(review, kept))
      const [view] = await viewsOf(found.value, [kept])
      if (view === undefined) throw new Error('A comment that was just kept is not there.')
      return ok(view)
    },
    'review.delete-comment'({ name, id }) {
      const found = commentOf(name, id)
      if (!found.ok) return found
      const { desk, record } = found.value
      desk.reviews.change(record.id, (review) => withoutComment(review, id))
      return ok({})
    },
    'review.resolve'({ name, id, resolved: isResolved }) {
      const found = commentOf(name, id)
      if (!found.ok) return found
      const { desk, record } = found.value
      desk.reviews.change(record.id, (review) => resolved(review, id, isResolved))
      return ok({})
    },
    ...answerHandlers(parts, asking, showing),
  }
}
