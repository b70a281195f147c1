/** What becomes of a review after the user's click: its prompt arrives, or another session that was asked to review has found something. */

import type { Checkout } from '../git/checkout.ts'
import { GitError } from '../git/failure.ts'
import { parseOid } from '../git/names.ts'
import type { Git } from '../git/run.ts'
import type { Clock } from '../kit/clock.ts'
import { createLane } from '../kit/lane.ts'
import type { Log } from '../kit/log.ts'
import { findingsIn } from '../review/findings.ts'
import { draftsFrom } from '../review/noting.ts'
import { sent } from '../review/record.ts'
import type { Reviews } from '../review/reviews.ts'
import { isSamePrompt } from '../sessions/prompt.ts'
import type { Sessions } from '../sessions/sessions.ts'
import { lastMessage, promptsSince } from '../sessions/transcript.ts'
import type { Session, SessionState } from '../../shared/model/session.ts'

export type FollowedReviews = {
  /** That session was asked to review the other one; both by id. */
  handed(to: string, of: string): void
  close(): Promise<void>
}

type Parts = {
  readonly git: Git
  readonly clock: Clock
  readonly log: Log
  readonly sessions: Sessions
  readonly reviews: Reviews
  /** Where Claude Code keeps its conversations. */
  readonly configDir: string
  repository(): Checkout
}

/** In these it has not said its last word. */
const BUSY: ReadonlySet<SessionState> = new Set(['starting', 'working', 'limited', 'unknown'])
/** In these it has, or says no more. */
const SAID: ReadonlySet<SessionState> = new Set(['idle', 'paused', 'exited', 'crashed', 'archived'])
/** Claude Code writes its conversation a little after it has ended its turn. */
const LATER_MS = [0, 700, 2500, 8000, 20_000] as const

export function followReviews(parts: Parts): FollowedReviews {
  const { clock, log, sessions, reviews, configDir } = parts
  const lane = createLane()
  const heard = new Set<string>()
  const reviewers = new Map<string, string>()
  const waits = new Map<string, () => void>()
  const states = new Map<string, SessionState>()
  /** What was known of a prompt under way when its conversation was read. */
  const signs = new Map<string, string>()
  let closed = false

  function arrived(id: string, isIt: (text: string) => boolean): void {
    const { sending, comments } = reviews.of(id)
    if (sending === null || !isIt(sending.text)) return
    const count = comments.filter((one) => sending.ids.includes(one.id) && one.state === 'draft').length
    reviews.change(id, (record) => sent(record, sending.ids), { kind: 'review-sent', session: id, comments: count })
  }

  /** Where no hook tells, or Sluice was not there to hear it, Claude Code has written it down. */
  async function lookForPrompt(id: string): Promise<void> {
    const { sending } = reviews.of(id)
    const conversation = sessions.record(id)?.claudeSession ?? null
    if (sending === null || conversation === null) return
    const written = await promptsSince(configDir, conversation, new Date(sending.at))
    if (written.some((prompt) => isSamePrompt(sending.text, prompt))) arrived(id, (text) => text === sending.text)
  }

  /** Reads what the reviewer said last; `final`: there is no waiting for another word. True when that was news. */
  async function collect(reviewer: string, final: boolean): Promise<boolean> {
    const of = reviewers.get(reviewer)
    const by = sessions.record(reviewer)
    const handed = of === undefined ? undefined : reviews.of(of).handed.find(({ to }) => to === reviewer)
    if (of === undefined || handed === undefined || by === undefined || by.claudeSession === null) return false
    if (sessions.byId(of) === undefined) return false
    const said = await lastMessage(configDir, by.claudeSession)
    if (said === null || said.id === handed.heard) return false
    const findings = findingsIn(said.text)
    const [base, head] = [parseOid(handed.base), parseOid(handed.head)]
    // An answer that nothing can be made of is told once it is certain that it is the answer.
    const vague = findings === null && final && SAID.has(sessions.byId(reviewer)?.view().state ?? 'exited')
    if ((findings === null && !vague) || base === null || head === null) return false
    const reader = { by: { session: reviewer, name: by.name }, at: clock.now().toISOString() }
    const drafts = await draftsFrom(parts.git, parts.repository(), { base, head }, findings ?? [], reader)
    if (closed || sessions.byId(of) === undefined) return false
    reviews.change(
      of,
      (record) => ({
        ...record,
        comments: [...record.comments, ...drafts],
        handed: record.handed.map((one) => (one.to === reviewer ? { ...one, heard: said.id } : one)),
      }),
      { kind: 'review-found', session: of, by: reviewer, comments: drafts.length, ...(vague ? { vague } : {}) },
    )
    return true
  }

  async function safely(work: () => Promise<unknown>): Promise<void> {
    try {
      await lane.run('reviews', work)
    } catch (error) {
      if (error instanceof GitError) log.info('A review by a session could not be read.', { why: error.message })
      else log.fault(error)
    }
  }

  /** Looks now and a few times later, until there is something new. */
  function collectSoon(reviewer: string, [delay, ...rest]: readonly number[] = LATER_MS): void {
    waits.get(reviewer)?.()
    waits.delete(reviewer)
    if (delay === undefined || closed) return
    const callOff = clock.after(delay, () => {
      void safely(async () => {
        if (closed || waits.get(reviewer) !== callOff) return
        if (!(await collect(reviewer, rest.length === 0))) collectSoon(reviewer, rest)
      })
    })
    waits.set(reviewer, callOff)
  }

  function look({ id, state, unsent }: Session): void {
    if (closed) return
    const live = sessions.byId(id)
    if (live !== undefined && !heard.has(id)) {
      heard.add(id)
      live.onHook(({ hook_event_name: event, prompt }) => {
        if (event === 'UserPromptSubmit' && prompt !== undefined) arrived(id, (text) => isSamePrompt(text, prompt))
      })
    }
    const { sending } = reviews.of(id)
    // A conversation is read when something became of it, not at each number of its meter.
    const sign = sending === null ? '' : `${state} ${sending.at} ${unsent?.text === sending.text}`
    if (sign !== '' && signs.get(id) !== sign && unsent?.text !== sending?.text) void safely(() => lookForPrompt(id))
    signs.set(id, sign)
    if (states.get(id) === state) return
    states.set(id, state)
    if (reviewers.has(id) && !BUSY.has(state)) collectSoon(id)
  }

  for (const { id } of sessions.list()) for (const { to } of reviews.of(id).handed) reviewers.set(to, id)
  const unfollow = [
    sessions.onChange(look),
    sessions.onGone((id) => {
      for (const gone of [heard, reviewers, states, signs]) gone.delete(id)
    }),
  ]
  for (const session of sessions.list()) look(session)

  return {
    handed(to, of) {
      reviewers.set(to, of)
      collectSoon(to)
    },
    async close() {
      closed = true
      for (const stop of unfollow) stop()
      for (const callOff of waits.values()) callOff()
      await lane.idle()
    },
  }
}
