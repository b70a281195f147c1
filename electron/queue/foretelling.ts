/** What the queue would find of a session before its checks run, found without landing anything. Takes the queue's own decisions. */

import { GitError } from '../git/failure.ts'
import type { Oid } from '../git/names.ts'
import { trialRebase } from '../git/trial-rebase.ts'
import { handoffHindrance, nameless, type Landing, type StepParts } from './steps.ts'
import { verdictOf, type Hindrance } from './verdict.ts'

export type Foretold = {
  /** Git does not know who the user is. */
  readonly setup: Hindrance | null
  readonly handoff: Hindrance | null
  /** What a rebase onto the target comes to; `unknown` where git could not try it. */
  readonly replay: Hindrance | 'unknown' | null
}

/** The commit of the session, the one of the target, and where they parted (null: their histories never met). */
export type Prospect = {
  readonly head: Oid
  readonly base: Oid | null
  readonly target: { readonly branch: string; readonly head: Oid }
}

export type Foreteller = (session: Landing, prospect: Prospect) => Promise<Foretold>

/** The answer about two commits is kept for each session until it is asked about others, or while git could not tell. */
export function createForeteller(parts: StepParts): Foreteller {
  const known = new Map<string, { readonly about: string; readonly answer: Promise<Pick<Foretold, 'handoff' | 'replay'>> }>()
  /** Worktrees in which git knew the user: that is not asked again. */
  const named = new Set<string>()

  async function setupOf(session: Landing): Promise<Hindrance | null> {
    if (named.has(session.worktree)) return null
    const hindered = await nameless(parts, session)
    if (hindered === null) named.add(session.worktree)
    return hindered
  }

  async function replayOf(name: string, { head, base, target }: Prospect): Promise<Foretold['replay']> {
    try {
      const done = await trialRebase(parts.git, parts.repository().checkout, { branchHead: head, onto: target.head, base })
      // What only a real rebase could tell, as where a file is fetched first.
      return done.kind === 'failed' ? 'unknown' : verdictOf(done, { name, branch: target.branch })
    } catch (error) {
      if (error instanceof GitError) return 'unknown'
      throw error
    }
  }

  return async (session, prospect) => {
    const { head, target } = prospect
    const about = JSON.stringify([session.name, head, target.branch, target.head])
    const before = known.get(session.id)
    const answer =
      before?.about === about
        ? before.answer
        : handoffHindrance(parts, session.name, head, target.head).then(async (handoff) => ({
            handoff,
            replay: await replayOf(session.name, prospect),
          }))
    if (before?.answer !== answer) {
      known.set(session.id, { about, answer })
      const forget = (): void => {
        if (known.get(session.id)?.answer === answer) known.delete(session.id)
      }
      answer.then(({ replay }) => (replay === 'unknown' ? forget() : undefined), forget)
    }
    return { setup: await setupOf(session), ...(await answer) }
  }
}
