/** What answers the calls that give a review to somebody: to the session itself, or to another one. */

import type { Handlers } from '../bridge/serve.ts'
import type { Answer, Params } from '../../shared/contract.ts'
import { attempt } from '../git/failure.ts'
import { mergeBase } from '../git/refs.ts'
import { createLane } from '../kit/lane.ts'
import { composeReview } from '../review/composing.ts'
import { reviewPrompt } from '../review/findings.ts'
import { draftsOf, sent } from '../review/record.ts'
import { forkName } from '../sessions/forking.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Asking, HandlerParts, Named } from './asking.ts'
import type { Showing } from './showing.ts'
import { tell } from './telling.ts'

type AnswerCalls = 'review.compose' | 'review.send' | 'review.hand'

const NOTHING_TO_SEND = fail('nothing-to-send', 'There is nothing to send. Write a comment first.')

/** Takes what every handler may need, and how to find what a review is about. */
export function answerHandlers({ hall, git }: HandlerParts, asking: Asking, { shown }: Showing): Pick<Handlers, AnswerCalls> {
  const { named } = asking

  function composed({ desk, record }: Named, text: string): { readonly text: string; readonly ids: readonly string[] } | null {
    const drafts = draftsOf(desk.reviews.of(record.id))
    if (drafts.length === 0 && text.trim() === '') return null
    return { text: composeReview(drafts, text), ids: drafts.map(({ id }) => id) }
  }

  const lane = createLane()
  /** By session: what is being sent. */
  const underWay = new Map<string, { readonly asked: string; readonly answer: Promise<Answer<'review.send'>> }>()

  async function send({ name, text, wait }: Params<'review.send'>): Promise<Answer<'review.send'>> {
    const found = named(name)
    if (!found.ok) return found
    const { desk, live, record } = found.value
    const prompt = composed(found.value, text ?? '')
    if (prompt === null) return NOTHING_TO_SEND
    const sending = { ...prompt, at: desk.clock.now().toISOString() }
    // Kept first: Claude Code may confirm it before the answer is here, or after Sluice has ended.
    desk.reviews.change(record.id, (review) => ({ ...review, sending }))
    const told = await tell(hall, asking, { name, text: prompt.text, wait })
    const { unsent } = live.view()
    if (!told.ok) {
      if (unsent?.text !== prompt.text)
        desk.reviews.change(record.id, (review) => (review.sending?.text === prompt.text ? { ...review, sending: null } : review))
      return told
    }
    // What waits for a free line is sent once it was typed. A draft that was changed meanwhile is not what was sent.
    const still = desk.reviews.of(record.id).sending
    if ((wait !== true || unsent === undefined) && still?.text === prompt.text) {
      const fact = { kind: 'review-sent', session: record.id, comments: still.ids.length } as const
      desk.reviews.change(record.id, (review) => sent(review, still.ids), fact)
    }
    if (live.record().approvedHead !== null) desk.sessions.keep({ kind: 'session-unapproved', session: record.id })
    return ok(live.view())
  }

  return {
    'review.compose'({ name, text }) {
      const found = named(name)
      if (!found.ok) return found
      const prompt = composed(found.value, text ?? '')
      return prompt === null ? NOTHING_TO_SEND : ok({ text: prompt.text })
    },
    'review.send'(params) {
      const found = named(params.name)
      if (!found.ok) return found
      const { id } = found.value.record
      const asked = JSON.stringify([params.text, params.wait])
      // A second click, or one in another window, is no second prompt.
      const before = underWay.get(id)
      if (before?.asked === asked) return before.answer
      const answer = lane.run(id, () => send(params))
      const mine = { asked, answer }
      underWay.set(id, mine)
      const over = (): void => void (underWay.get(id) === mine && underWay.delete(id))
      answer.then(over, over)
      return answer
    },
    async 'review.hand'({ name, model }) {
      const found = await shown(name)
      if (!found.ok) return found
      const { desk, record, session, subject, head } = found.value
      const target = hall.repositories.current()?.target
      if (target == null) return fail('no-target', 'There is no target branch. Choose one in the settings.')
      if (session.ahead === 0)
        return fail('empty', `“${session.name}” has no commit that the target lacks, so there is nothing to review yet.`)
      const base = await attempt(() => mergeBase(git, subject.repository, target.head, head))
      if (!base.ok) return fail('git-failed', base.failure.message)
      const work = { ...session, target: target.branch, base: base.value ?? head }
      const taken = desk.sessions.list().map((one) => one.name.toLowerCase())
      const wanted = `review-${session.name}`
      const started = await desk.starter.start({
        name: taken.includes(wanted.toLowerCase()) ? forkName(wanted, taken) : wanted,
        prompt: reviewPrompt(work),
        research: true,
        ...(model === undefined ? {} : { model }),
      })
      if (!started.ok) return started
      const { id: to } = started.value
      desk.reviews.change(
        record.id,
        (review) => ({ ...review, handed: [...review.handed, { to, base: work.base, head, heard: null }] }),
        { kind: 'review-handed', session: record.id, to, head },
      )
      desk.followed.handed(to, record.id)
      return started
    },
  }
}
