import { expect, test } from 'vitest'
import { sessionRecord, type SessionFact } from './facts.ts'
import { nameForNew, newNameFor } from './naming.ts'
import { createRoster, type Consequence, type Roster, type SessionStore } from './roster.ts'

const BASE = '0'.repeat(40)

/** Keeps what a database would, and can be full. */
function memory(): SessionStore & { readonly kept: Consequence[][]; full: boolean } {
  const records = new Map<string, unknown>()
  const kept: Consequence[][] = []
  return {
    kept,
    full: false,
    load: () => [...records.values()].map((record) => sessionRecord.parse(record)),
    keep(_repository, consequences) {
      if (this.full) throw new Error('disk full')
      kept.push([...consequences])
      for (const { record } of consequences) if (record !== null) records.set(record.id, JSON.parse(JSON.stringify(record)))
    },
  }
}

function started(roster: Roster, id: string, name: string): void {
  roster.apply({
    kind: 'session-started',
    session: id,
    repository: 'r',
    name,
    branch: `sluice/${name}`,
    worktree: `/w/${name}`,
    order: roster.nextOrder(),
    prompt: 'x',
    model: null,
    permissionMode: 'acceptEdits',
    scope: [],
    base: BASE,
    research: false,
    forkedFrom: null,
    budgetUsd: null,
    port: null,
    imported: false,
    startedAt: '2026-11-21T12:00:00.000Z',
  })
}

const renamed = (session: string, name: string, minute: number): SessionFact => ({
  kind: 'session-renamed',
  session,
  name,
  until: `2026-11-21T12:${String(minute).padStart(2, '0')}:00.000Z`,
})

const names = (roster: Roster): readonly string[] => roster.all().map((record) => record.name)

test('the order is kept, and a new session goes to the right end', () => {
  const store = memory()
  const roster = createRoster(store, 'r')
  for (const name of ['a', 'b', 'c']) started(roster, name, name)
  roster.apply(
    { kind: 'session-moved', session: 'c', order: 1 },
    { kind: 'session-moved', session: 'a', order: 2 },
    { kind: 'session-moved', session: 'b', order: 3 },
  )
  started(roster, 'd', 'd')
  expect(names(roster)).toEqual(['c', 'a', 'b', 'd'])
  expect(names(createRoster(store, 'r'))).toEqual(['c', 'a', 'b', 'd'])
})

test('what cannot be kept has not happened, for none of the sessions', () => {
  const store = memory()
  const roster = createRoster(store, 'r')
  for (const name of ['a', 'b']) started(roster, name, name)
  store.full = true
  expect(() =>
    roster.apply({ kind: 'session-moved', session: 'b', order: 1 }, { kind: 'session-moved', session: 'a', order: 2 }),
  ).toThrow('disk full')
  expect(names(roster)).toEqual(['a', 'b'])
})

test('a record of an earlier Sluice has no former names', () => {
  const store = memory()
  const roster = createRoster(store, 'r')
  started(roster, 'a', 'a')
  const { formerNames: _none, ...earlier } = roster.byId('a')!
  expect(sessionRecord.parse(earlier).formerNames).toEqual([])
})

test('a renamed session keeps branch and worktree, and answers to its id and to the names it had', () => {
  const roster = createRoster(memory(), 'r')
  started(roster, 'id-1', 'login')
  roster.apply(renamed('id-1', 'sign-in', 1))
  roster.apply(renamed('id-1', 'log-on', 2))
  expect(roster.byId('id-1')).toMatchObject({ name: 'log-on', branch: 'sluice/login', worktree: '/w/login' })
  for (const word of ['log-on', 'sign-in', 'login', 'id-1']) expect(roster.byName(word)?.id).toBe('id-1')
  expect(roster.byName('Login')).toBeUndefined()
  expect(roster.byName('no such/name')).toBeUndefined()
})

test('a name means the session that has it, else the one that had it last', () => {
  const roster = createRoster(memory(), 'r')
  started(roster, '1', 'login')
  started(roster, '2', 'cart')
  roster.apply(renamed('1', 'sign-in', 1))
  roster.apply(renamed('2', 'login', 2))
  expect(roster.byName('login')?.id).toBe('2')
  roster.apply(renamed('2', 'basket', 3))
  expect(roster.byName('login')?.id).toBe('2')
  roster.apply(renamed('1', 'login', 4))
  expect(roster.byName('login')?.id).toBe('1')
  expect(roster.byId('1')?.formerNames.map(({ name }) => name)).toEqual(['sign-in'])
})

test('a session that has the id of another one for a name is meant by it', () => {
  const roster = createRoster(memory(), 'r')
  started(roster, 'id-1', 'login')
  started(roster, 'id-2', 'id-1')
  expect(roster.byName('id-1')?.id).toBe('id-2')
})

const nobody = (): boolean => false
const everybody = (): boolean => true

test('a new name follows the rules of names, and there are no twins', () => {
  const roster = createRoster(memory(), 'r')
  started(roster, '1', 'login')
  started(roster, '2', 'cart')
  const to = (name: string) => newNameFor(roster.all(), roster.byId('1')!, name, nobody)
  expect(to('CART')).toMatchObject({
    failure: { code: 'name-taken', message: 'There is a session “cart” already. Choose another name.' },
  })
  expect(to('a b')).toMatchObject({ failure: { code: 'bad-name' } })
  expect(to('Login')).toEqual({ ok: true, value: 'Login' })
  expect(to('u\u0308ber')).toEqual({ ok: true, value: '\u00fcber' })
})

test('a name that a running session was started with goes to nobody else', () => {
  const roster = createRoster(memory(), 'r')
  started(roster, '1', 'login')
  started(roster, '2', 'cart')
  roster.apply(renamed('1', 'sign-in', 1))
  const [one, two] = [roster.byId('1')!, roster.byId('2')!]
  expect(newNameFor(roster.all(), two, 'Login', everybody)).toMatchObject({ failure: { code: 'name-taken' } })
  expect(newNameFor(roster.all(), two, 'login', nobody)).toMatchObject({ ok: true })
  expect(newNameFor(roster.all(), one, 'login', everybody)).toMatchObject({ ok: true })
})

test('the branch of a renamed session is nobody else’s: it is refused, and never suggested', () => {
  const roster = createRoster(memory(), 'r')
  started(roster, '1', 'login')
  roster.apply(renamed('1', 'Sign-In', 1))
  const asked = (name: string) => nameForNew(roster.all(), { name, prompt: 'x' }, nobody)
  expect(asked('login')).toMatchObject({ failure: { code: 'branch-exists', message: expect.stringContaining('“Sign-In”') } })
  expect(asked('sign-in')).toMatchObject({ failure: { code: 'name-taken' } })
  expect(nameForNew(roster.all(), { prompt: 'login' }, nobody)).toEqual({ ok: true, value: 'login-2' })
  expect(nameForNew(roster.all(), { prompt: 'sign in' }, nobody)).toMatchObject({
    ok: true,
    value: expect.not.stringMatching(/^sign-in$/u),
  })
})

test('a new session does not get a name that a running one may still call itself by', () => {
  const roster = createRoster(memory(), 'r')
  started(roster, '1', 'login')
  roster.apply(renamed('1', 'entry', 1))
  roster.apply(renamed('1', 'log-on', 2))
  const asked = { name: 'Entry', prompt: 'x' }
  expect(nameForNew(roster.all(), asked, everybody)).toMatchObject({
    failure: { code: 'name-taken', message: expect.stringContaining('“log-on” was called “Entry” before') },
  })
  expect(nameForNew(roster.all(), asked, nobody)).toEqual({ ok: true, value: 'Entry' })
  expect(nameForNew(roster.all(), { prompt: 'Entry' }, nobody)).toEqual({ ok: true, value: 'entry-2' })
})

test('no session is called “target”, which an overlap calls the target by', () => {
  for (const name of ['target', 'Target'])
    expect(nameForNew([], { name, prompt: 'x' }, nobody)).toMatchObject({ failure: { code: 'bad-name' } })
  expect(nameForNew([], { prompt: 'Target' }, nobody)).toEqual({ ok: true, value: 'session' })
  expect(nameForNew([], { name: 'target-list', prompt: 'x' }, nobody)).toMatchObject({ ok: true })
})
