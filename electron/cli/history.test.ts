import { expect, test } from 'vitest'
import type { Client } from '../../shared/client.ts'
import type { Change } from '../../shared/contract.ts'
import type { Event } from '../../shared/model/event.ts'
import { fail, ok } from '../../shared/result.ts'
import { printEvents } from './history.ts'
import type { Link } from './link.ts'

const event = (seq: number, kind = 'landed', session = '1'): Event => ({ seq, at: '2026-11-21T12:00:00.000Z', kind, session })

/** A House with a history; `during` happens while the history is asked for. */
function house(past: readonly Event[], during: () => void = () => undefined) {
  const history = [...past]
  let heard: (change: Change) => void = () => undefined
  let lost = (): void => undefined
  type Asked = { since?: number; limit?: number; before?: number; kinds?: readonly string[]; session?: string; name?: string }
  const call = async (name: string, { since = 0, limit = 1000, before, kinds, session, name: called }: Asked) => {
    if (name === 'session.list') return ok([{ id: '1', name: 'login' }])
    if (name === 'session.show') return called === 'login' ? ok({ id: '1' }) : fail('no-session', 'There is none.')
    const fits = history.filter(
      (one) => (kinds === undefined || kinds.includes(one.kind)) && (session === undefined || one['session'] === session),
    )
    const page =
      before === undefined
        ? fits.filter(({ seq }) => seq > since).slice(0, limit)
        : fits
            .filter(({ seq }) => seq < before)
            .toReversed()
            .slice(0, limit)
    during()
    return ok(page)
  }
  const link = {
    client: { call: call as unknown as Client['call'] },
    follow: async (listener: { change(change: Change): void; lost(): void }) => {
      heard = (change) => listener.change(change)
      lost = () => listener.lost()
      return () => undefined
    },
  } satisfies Link
  const tell = (one: Event): void => {
    history.push(one)
    heard({ kind: 'event', event: one })
  }
  return { link, tell, stop: () => lost() }
}

const asked = {
  kind: 'events',
  json: true,
  data: undefined,
  follow: false,
  since: 0,
  session: undefined,
  kinds: [],
  last: undefined,
} as const

async function lines(link: Link, more: object, then: () => void = () => undefined) {
  const out: string[] = []
  const printing = printEvents(link, { ...asked, ...more }, (line) => out.push(line))
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  then()
  return { outcome: await printing, seqs: out.map((line) => (JSON.parse(line) as Event).seq) }
}

test('what happens around the snapshot is printed once, in order, and the end of the host is exit 3', async () => {
  let next = 3
  const { link, tell, stop } = house([event(1), event(2)], () => (next < 6 ? tell(event(next++)) : undefined))
  const { outcome, seqs } = await lines(link, { follow: true }, () => {
    tell(event(next++))
    stop()
  })
  expect(seqs).toEqual(Array.from({ length: next - 1 }, (_none, at) => at + 1))
  expect(outcome).toMatchObject({ code: 3, json: { error: { code: 'no-host' } } })
})

test('more than one page is printed to its end', async () => {
  const { link } = house(Array.from({ length: 2500 }, (_none, at) => event(at + 1)))
  const { outcome, seqs } = await lines(link, {})
  expect([outcome.code, seqs.length, seqs.at(-1)]).toEqual([0, 2500, 2500])
})

test('only the last ones, of one session and some kinds, and what comes is filtered alike', async () => {
  const past = [event(1), event(2, 'landed', '2'), event(3, 'entry-added'), event(4), event(5), event(6, 'rebased')]
  const { link, tell, stop } = house(past)
  const { seqs } = await lines(link, { follow: true, last: 2, session: 'login', kinds: ['landed'] }, () => {
    tell(event(7, 'rebased'))
    tell(event(8, 'landed', '2'))
    tell(event(9))
    stop()
  })
  expect(seqs).toEqual([4, 5, 9])
})

test('none of the past, when the last none are asked for', async () => {
  const { link, tell, stop } = house([event(1), event(2)])
  const { seqs } = await lines(link, { follow: true, last: 0 }, () => {
    tell(event(3))
    stop()
  })
  expect(seqs).toEqual([3])
})

test('a session that is not there is refused', async () => {
  const { link } = house([event(1)])
  expect((await lines(link, { session: 'nobody' })).outcome).toMatchObject({ code: 1, json: { error: { code: 'no-session' } } })
})
