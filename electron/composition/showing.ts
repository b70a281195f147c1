/** Finds what a call about a review is about: the session as git has it now, and what its comments are made of. */

import { attempt } from '../git/failure.ts'
import { type Oid, parseOid } from '../git/names.ts'
import type { Subject } from '../review/commenting.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Asking, HandlerParts, Ready } from './asking.ts'

export type Shown = Ready & { readonly subject: Subject; readonly head: Oid }
type Unseen = 'no-session' | 'research' | 'no-target'

export type Showing = {
  subjectOf(name: string): Promise<Result<Subject, Unseen>>
  shown(name: string): Promise<Result<Shown, Unseen | 'git-failed'>>
}

export function createShowing({ hall }: HandlerParts, { named, reviewed }: Asking): Showing {
  /** What the named session's comments are about. */
  async function subjectOf(name: string): Promise<Result<Subject, 'no-session' | 'research' | 'no-target'>> {
    const subject = await reviewed(name)
    if (!subject.ok) return subject
    const repository = hall.repositories.current()?.checkout ?? subject.value.worktree
    return ok({ ...subject.value, repository })
  }

  /** The session as git has it now. */
  async function shown(name: string): Promise<Result<Shown, 'no-session' | 'research' | 'no-target' | 'git-failed'>> {
    const subject = await subjectOf(name)
    if (!subject.ok) return subject
    const found = named(name)
    if (!found.ok) return found
    const done = await attempt(() => found.value.live.fresh())
    if (!done.ok) return fail('git-failed', done.failure.message)
    const head = parseOid(done.value.head)
    if (head === null) throw new Error('A session is at no commit.')
    const { target } = subject.value
    const base = target === null ? null : found.value.live.files.base(head, target)
    const at = base === null ? {} : { at: { head, base } }
    return ok({ ...found.value, session: done.value, subject: { ...subject.value, ...at }, head })
  }

  return { subjectOf, shown }
}
