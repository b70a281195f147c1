import { expect, test } from 'vitest'
import type { Client } from '../../shared/client.ts'
import type { Change } from '../../shared/contract.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Link } from './link.ts'
import { canCome, waitForEntry, waitForSession } from './waiting.ts'

const AT = '2026-11-21T12:00:00.000Z'

const session = (name: string, state: Session['state']): Session => ({
  id: '1',
  name,
  branch: 'sluice/login',
  worktree: '/w/login',
  order: 1,
  state,
  research: false,
  approved: true,
  head: '0'.repeat(40),
  ahead: 1,
  behind: 0,
  dirty: false,
  files: 1,
  insertions: 1,
  deletions: 0,
  model: 'default',
  permissionMode: 'acceptEdits',
  scope: [],
  spentUsd: 0,
  contextPercent: 0,
  prompt: 'x',
  startedAt: AT,
})
const entry = (name: string, phase: Entry['phase']): Entry => ({ session: name, phase, since: AT })

/** A House of one session, as the command sees it: answers to the names given, and says what `tell` is given. */
function house(known: readonly string[], now: Session, queue: readonly Entry[]) {
  let heard: (change: Change) => void = () => undefined
  let state = now
  const call = (async (name: string, params: { name?: string }) => {
    if (name === 'queue.list') return ok(queue)
    return known.includes(params.name ?? '') ? ok(state) : fail('no-session', 'There is no such session.')
  }) as Client['call']
  const link = {
    client: { call },
    follow: async (listener: { change(change: Change): void }) => {
      heard = (change) => listener.change(change)
      return () => undefined
    },
  } as unknown as Link
  return {
    link,
    tell(change: Change): void {
      if (change.kind === 'session') state = change.session
      heard(change)
    },
  }
}

const common = { json: true, data: undefined, timeout: 30 } as const
/** Lets what was asked be answered. */
const answered = () => new Promise((resolve) => setImmediate(resolve))

test.each<[Session['state'], Session['state'], boolean]>([
  ['working', 'idle', true],
  ['starting', 'archived', true],
  ['exited', 'idle', false],
  ['crashed', 'idle', false],
  ['paused', 'idle', false],
  ['archived', 'idle', false],
  ['exited', 'archived', true],
  ['crashed', 'archived', true],
  ['paused', 'archived', true],
  ['exited', 'paused', false],
  ['crashed', 'paused', false],
  ['archived', 'paused', false],
])('whether one that is %s can come to be %s: %s', (now, wanted, can) => {
  expect(canCome(now, [wanted])).toBe(can)
})

test('a wait for the archive goes on while the session ends, and one for work does not', async () => {
  const { link, tell } = house(['login'], session('login', 'working'), [])
  const archived = waitForSession(link, { kind: 'session-wait', name: 'login', states: ['archived'], ...common })
  await answered()
  tell({ kind: 'session', session: session('login', 'exited') })
  tell({ kind: 'session', session: session('login', 'archived') })
  expect(await archived).toMatchObject({ code: 0, json: { state: 'archived' } })
  const idle = waitForSession(link, { kind: 'session-wait', name: 'login', states: ['idle'], ...common })
  expect(await idle).toMatchObject({ code: 5, json: { error: { code: 'archived' } } })
})

test('a wait by a former name, or across a renaming, follows the session', async () => {
  const { link, tell } = house(['login', 'sign-in'], session('sign-in', 'working'), [])
  const waiting = waitForSession(link, { kind: 'session-wait', name: 'login', states: ['idle'], ...common })
  await answered()
  tell({ kind: 'session', session: session('log-on', 'working') })
  tell({ kind: 'session', session: { ...session('login', 'idle'), id: '2' } })
  tell({ kind: 'session', session: session('log-on', 'asks') })
  tell({ kind: 'session', session: session('log-on', 'idle') })
  expect(await waiting).toMatchObject({ code: 0, json: { id: '1', name: 'log-on' } })
})

test('a wait for a landing follows the session when it is renamed', async () => {
  const { link, tell } = house(['login', 'sign-in'], session('sign-in', 'idle'), [entry('sign-in', 'checking')])
  const waiting = waitForEntry(link, { kind: 'queue-wait', name: 'login', ...common })
  await answered()
  tell({ kind: 'session', session: session('log-on', 'idle') })
  tell({ kind: 'queue', entries: [entry('log-on', 'checking')] })
  tell({ kind: 'queue', entries: [entry('log-on', 'landed')] })
  expect(await waiting).toMatchObject({ code: 0, json: { session: 'log-on', phase: 'landed' } })
})

test('an entry that is taken out of the queue cannot land any more', async () => {
  const { link, tell } = house(['login'], session('login', 'idle'), [entry('login', 'waiting')])
  const waiting = waitForEntry(link, { kind: 'queue-wait', name: 'login', ...common })
  await answered()
  tell({ kind: 'queue', entries: [] })
  expect(await waiting).toMatchObject({ code: 5 })
})
