/** What a click in the review does: one call each. A refusal is a toast, or comes back as a sentence where the caller shows it in place. */

import type { Params } from '../../shared/contract.ts'
import type { Comment, CommentDraft, PullLook } from '../../shared/model/review.ts'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Session } from '../../shared/model/session.ts'
import type { Failure, Result } from '../../shared/result.ts'
import { act } from './actions.ts'
import { ask } from './house.ts'
import { toast } from './store.ts'

/** `head`: the commit that was on show, so that nothing counts as viewed that came meanwhile. */
export const markViewed = (
  name: string,
  of: DiffOf,
  paths: readonly string[],
  viewed: boolean,
  head?: string,
): Promise<boolean> => act('review.view', { name, of, paths: [...paths], viewed, ...(head === undefined ? {} : { head }) })

/** The user has looked at this commit. What goes wrong is nobody's trouble: it is only a mark. */
export async function markLooked(name: string, head: string): Promise<void> {
  await ask('review.looked', { name, head })
}

/** Keeps a comment as a draft; gives it, or why not. */
export const saveComment = (name: string, of: DiffOf, comment: CommentDraft): Promise<Result<Comment>> =>
  ask('review.comment', { name, of, comment })

export const deleteComment = (name: string, id: string): Promise<boolean> => act('review.delete-comment', { name, id })

export const resolveComment = (name: string, id: string, resolved: boolean): Promise<boolean> =>
  act('review.resolve', { name, id, resolved })

/** The prompt that the drafts make; null where there are none. */
export async function composeReview(name: string, text: string): Promise<string | null> {
  const answer = await ask('review.compose', { name, ...(text === '' ? {} : { text }) })
  return answer.ok ? answer.value.text : null
}

/** Sends all drafts as one prompt. `wait`: once the draft or the dialog in its terminal is gone. */
export async function sendReview(name: string, text: string, wait = false): Promise<Failure | null> {
  const answer = await ask('review.send', { name, ...(text === '' ? {} : { text }), ...(wait ? { wait } : {}) })
  if (!answer.ok) return answer.failure
  toast({ tone: 'done', message: `“${name}” has your review.` })
  return null
}

/** Sends a short text. Where something is in the way in its terminal, the message that says so can have it wait for that. */
export async function reply(name: string, text: string, wait = false): Promise<void> {
  const answer = await ask('session.send', { name, text, ...(wait ? { wait } : {}) })
  if (answer.ok) return toast({ tone: 'done', message: `“${name}” has your reply.` })
  const { code, message } = answer.failure
  const waits = code === 'draft' || code === 'dialog-open'
  const action = { label: 'Send when it is free', onPick: (): void => void reply(name, text, true) }
  if (code !== 'fault') toast({ tone: 'failure', message, ...(waits ? { action } : {}) })
}

/** Has another session review the work; gives that one, or why not. */
export const handOver = (name: string, model?: string): Promise<Result<Session>> =>
  ask('review.hand', { name, ...(model === undefined ? {} : { model }) })

/** Commits in the user's name; on failure gives the sentence. */
export async function commitWork(request: Params<'review.commit'>): Promise<Failure | null> {
  const answer = await ask('review.commit', request)
  return answer.ok ? null : answer.failure
}

/** Takes a change back in the worktree; a snapshot holds what was there. */
export async function discardChange(request: Params<'review.discard'>): Promise<Failure | null> {
  const answer = await ask('review.discard', request)
  if (!answer.ok) return answer.failure
  const what = request.hunk === undefined ? request.path : `A change of ${request.path}`
  toast({ tone: 'done', message: `${what} was taken back. What was there is kept as ${answer.value.snapshot.slice(0, 7)}.` })
  return null
}

export const lookAtPull = (name: string): Promise<Result<PullLook>> => ask('pull.look', { name })

/** Pushes and opens a pull request; gives its address, or why not. */
export const openPull = (request: Params<'pull.open'>): Promise<Result<{ readonly url: string }>> => ask('pull.open', request)

/** Nobody waits for it any more. */
export async function cancelPull(name: string): Promise<void> {
  await ask('pull.cancel', { name })
}

export const editFile = (name: string, path: string, line?: number): Promise<boolean> =>
  act('file.edit', { name, path, ...(line === undefined ? {} : { line }) })
