/** `session wait` and `queue wait`: listens first, then looks, so that nothing can slip between. */

import type { Entry } from '../../shared/model/queue.ts'
import type { Session, SessionState } from '../../shared/model/session.ts'
import type { Change } from '../../shared/contract.ts'
import { fail, type Result } from '../../shared/result.ts'
import type { Link } from './link.ts'
import { done, EXIT, failed, type Outcome } from './outcome.ts'
import { entryText, sessionText } from './print.ts'
import type { Command } from './words.ts'

type Wait<Value extends object> = {
  readonly timeout: number | undefined
  look(): Promise<Result<Value>>
  /** The value in a change, when the change is about what is waited for; `gone` when it says that there is no such thing any more. */
  inChange(change: Change): Value | 'gone' | undefined
  judge(value: Value): Outcome | null
}

function timedOut(what: string, seconds: number): Outcome {
  return failed(EXIT.timedOut, { code: 'timeout', message: `${what} did not happen within ${seconds} seconds.` })
}

async function wait<Value extends object>(link: Link, what: string, plan: Wait<Value>): Promise<Outcome> {
  let settle: (outcome: Outcome) => void = () => undefined
  const settled = new Promise<Outcome>((resolve) => {
    settle = resolve
  })
  const consider = (value: Value | 'gone' | undefined): void => {
    if (value === 'gone')
      return settle(failed(EXIT.cannotCome, { code: 'gone', message: `${what} cannot come any more: it is gone.` }))
    const outcome = value === undefined ? null : plan.judge(value)
    if (outcome !== null) settle(outcome)
  }
  const stop = await link.follow({
    change: (change) => consider(plan.inChange(change)),
    lost: () => settle(failed(EXIT.noHost, { code: 'no-host', message: 'Sluice was stopped while waiting.' })),
  })
  const { timeout } = plan
  const timer = timeout === undefined ? undefined : setTimeout(() => settle(timedOut(what, timeout)), timeout * 1000)
  const now = await plan.look()
  if (now.ok) consider(now.value)
  else settle(failed(EXIT.refused, now.failure))
  const outcome = await settled
  clearTimeout(timer)
  stop()
  return outcome
}

const AT_REST: readonly SessionState[] = ['exited', 'crashed', 'paused', 'archived']

/** Whether a session in that state can still come to one of those without being started or restored by somebody. Pure. */
export function canCome(now: SessionState, wanted: readonly SessionState[]): boolean {
  if (!AT_REST.includes(now)) return true
  // One that is at rest can be archived.
  return now !== 'archived' && wanted.includes('archived')
}

/** Until the session is in one of the states; 5 when it crashed or was archived instead. */
export async function waitForSession(link: Link, command: Extract<Command, { kind: 'session-wait' }>): Promise<Outcome> {
  const { name, states, timeout } = command
  let id: string | undefined
  const outcome = await wait<Session>(link, `“${name}” in state ${states.join(' or ')}`, {
    timeout,
    look: () => link.client.call('session.show', { name }),
    inChange(change) {
      if (change.kind === 'session-gone') return change.id === id ? 'gone' : undefined
      // It may get another name meanwhile, or have been asked for by one that it had.
      const isIt = change.kind === 'session' && (id === undefined ? change.session.name === name : change.session.id === id)
      return isIt ? change.session : undefined
    },
    judge(session) {
      ;({ id } = session)
      if (states.includes(session.state)) return done(session, sessionText(session))
      if (canCome(session.state, states)) return null
      return failed(EXIT.cannotCome, {
        code: session.state,
        message: `“${name}” is ${session.state}; it cannot come to ${states.join(' or ')} by itself.`,
      })
    },
  })
  // The state is told before git was asked again: what is printed is what git says now.
  const fresh = outcome.code === EXIT.done ? await link.client.call('session.show', { name }) : null
  return fresh?.ok === true && states.includes(fresh.value.state) ? done(fresh.value, sessionText(fresh.value)) : outcome
}

/** Until the entry has landed; 5 when it is blocked. */
export function waitForEntry(link: Link, command: Extract<Command, { kind: 'queue-wait' }>): Promise<Outcome> {
  const { name, timeout } = command
  let id: string | undefined
  /** Entries go by the session's name of the moment. */
  let current = name
  let looked = false
  return wait<Entry>(link, `The landing of “${name}”`, {
    timeout,
    async look() {
      const session = await link.client.call('session.show', { name })
      if (session.ok) ({ id, name: current } = session.value)
      const list = await link.client.call('queue.list', {})
      looked = true
      if (!list.ok) return list
      const entry = list.value.find((one) => one.session === current)
      return entry === undefined ? fail('not-queued', `“${name}” is not in the queue.`) : { ok: true, value: entry }
    },
    inChange(change) {
      if (change.kind === 'session' && change.session.id === id) current = change.session.name
      // What comes before the first look is in what is seen then.
      if (change.kind !== 'queue' || !looked) return undefined
      return change.entries.find((one) => one.session === current) ?? 'gone'
    },
    judge(entry) {
      if (entry.phase === 'landed') return done(entry, entryText(entry))
      if (entry.phase !== 'blocked') return null
      return { code: EXIT.cannotCome, json: entry, text: entryText(entry) }
    },
  })
}
