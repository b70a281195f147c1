/** `sluice events`: the history as it is and then, if asked, as it comes: each event once, in order. */

import type { Event } from '../../shared/model/event.ts'
import type { NameOf } from '../../shared/model/event-words.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Link } from './link.ts'
import { EXIT, failed, type Outcome } from './outcome.ts'
import { eventText } from './print.ts'
import type { Command } from './words.ts'

const PAGE = 1000

/** The names of sessions, kept up with what the history says of them. */
type Names = { of: NameOf; hear(event: Event): void }

function createNames(known: readonly { readonly id: string; readonly name: string }[]): Names {
  const names = new Map(known.map(({ id, name }) => [id, name]))
  return {
    of: (id) => names.get(id) ?? null,
    hear({ kind, session, name }) {
      const named = kind === 'session-started' || kind === 'session-renamed'
      if (named && typeof session === 'string' && typeof name === 'string') names.set(session, name)
    },
  }
}

export async function printEvents(
  link: Link,
  command: Extract<Command, { kind: 'events' }>,
  write: (line: string) => void,
): Promise<Outcome> {
  const { client } = link
  const early: Event[] = []
  let live = false
  let lost: () => void = () => undefined
  const gone = new Promise<void>((resolve) => {
    lost = resolve
  })
  const hear = (event: Event): void => {
    if (live) print(event)
    else early.push(event)
  }
  // Listens before it looks, so that nothing slips between; what is heard twice has a number that was printed.
  const stop = command.follow
    ? await link.follow({
        change: (change) => (change.kind === 'event' ? hear(change.event) : undefined),
        lost: () => lost(),
      })
    : () => undefined

  const sessions = await client.call('session.list', {})
  if (!sessions.ok) return failed(EXIT.refused, sessions.failure)
  const names = createNames(sessions.value)
  let of: string | undefined
  if (command.session !== undefined) {
    const session = await client.call('session.show', { name: command.session })
    if (!session.ok) return failed(EXIT.refused, session.failure)
    of = session.value.id
  }

  let last = command.since
  function print(event: Event): void {
    names.hear(event)
    if (event.seq <= last) return
    last = event.seq
    if (of !== undefined && event['session'] !== of) return
    if (command.kinds.length > 0 && !command.kinds.includes(event.kind)) return
    write(`${command.json ? JSON.stringify(event) : eventText(event, names.of)}\n`)
  }

  async function printPast(): Promise<Result<void>> {
    const filters = {
      ...(of === undefined ? {} : { session: of }),
      ...(command.kinds.length === 0 ? {} : { kinds: command.kinds }),
    }
    if (command.last !== undefined) {
      // What comes later than this is heard, and what is heard too early is older than the newest of these.
      const newest = await client.call('events.list', { limit: 1, before: Number.MAX_SAFE_INTEGER })
      if (!newest.ok) return newest
      const before = (newest.value[0]?.seq ?? 0) + 1
      const page = await client.call('events.list', { ...filters, limit: Math.max(1, command.last), before })
      if (!page.ok) return page
      if (command.last > 0) page.value.toReversed().forEach(print)
      last = Math.max(last, before - 1)
      return ok(undefined)
    }
    for (;;) {
      const page = await client.call('events.list', { ...filters, since: last, limit: PAGE })
      if (!page.ok) return page
      page.value.forEach(print)
      if (page.value.length < PAGE) return ok(undefined)
    }
  }

  const past = await printPast()
  if (!past.ok) {
    stop()
    return failed(past.failure.code === 'disconnected' ? EXIT.noHost : EXIT.refused, past.failure)
  }
  early.forEach(print)
  live = true
  if (!command.follow) return { code: EXIT.done }
  await gone
  return failed(EXIT.noHost, { code: 'no-host', message: 'Sluice was stopped.' })
}
