import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import type { Event } from '../../shared/model/event.ts'
import { folder, NOON, opened } from './testing/folders.ts'

const sessionDocument = z.strictObject({ id: z.string(), name: z.string(), order: z.number() })
const queueDocument = z.strictObject({ entries: z.array(z.string()) })
const configDocument = z.strictObject({ checks: z.array(z.string()) })

const shop = { id: 'r1', path: '/code/shop', trustedAt: null, config: { checks: ['npm test'] }, openedAt: NOON.toISOString() }
const login = { id: 's1', name: 'login-fix', order: 1 }

describe('facts', () => {
  test('a fact and what follows from it are written together', () => {
    const { store } = opened(folder())
    const sessions = store.tables.sessions.of(sessionDocument)
    const events = store.record(
      [
        { kind: 'repository-opened', repository: 'r1' },
        { kind: 'session-started', repository: 'r1', session: 'login-fix', body: { model: 'opus' } },
      ],
      (tables) => {
        tables.repositories.of(configDocument).put(shop)
        sessions.put('s1', 'r1', login)
      },
    )
    expect(events).toEqual([
      { seq: 1, at: NOON.toISOString(), kind: 'repository-opened', repository: 'r1' },
      { seq: 2, at: NOON.toISOString(), kind: 'session-started', repository: 'r1', session: 'login-fix', model: 'opus' },
    ])
    expect(store.events()).toEqual(events)
    expect(sessions.get('s1')).toEqual(login)
  })

  test('the history is asked for by session, repository and kind, from either end', () => {
    const { store } = opened(folder())
    const kinds = ['session-started', 'landed', 'session-moved'] as const
    store.record(
      Array.from({ length: 12 }, (_none, at) => ({ kind: kinds[at % 3]!, repository: `r${at % 2}`, session: `s${at % 4}` })),
      () => undefined,
    )
    const numbers = (query: Parameters<typeof store.events>[0]): readonly number[] => store.events(query).map(({ seq }) => seq)
    expect(numbers({ session: 's1' })).toEqual([2, 6, 10])
    expect(numbers({ session: 's1', since: 2, limit: 1 })).toEqual([6])
    expect(numbers({ kinds: ['landed'], repository: 'r1' })).toEqual([2, 8])
    expect(numbers({ kinds: ['landed', 'session-moved'], before: 9 })).toEqual([8, 6, 5, 3, 2])
    expect(numbers({ before: 100, limit: 2 })).toEqual([12, 11])
    expect(numbers({ before: 4, session: 's1', since: 2 })).toEqual([])
    expect(numbers({ kinds: [] })).toEqual([])
    expect(numbers({ kinds: ["x' OR 1=1 --"] })).toEqual([])
  })

  test('nothing is written when the projection throws, and nobody hears of it', () => {
    const { store } = opened(folder())
    const heard: Event[] = []
    store.onEvent((event) => heard.push(event))
    expect(() =>
      store.record([{ kind: 'lost' }], (tables) => {
        tables.meta.put('half', 'written')
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(store.events()).toEqual([])
    expect(store.tables.meta.get('half')).toBeNull()
    expect(heard).toEqual([])
    expect(store.record([{ kind: 'kept' }], () => undefined)).toHaveLength(1)
    expect(heard.map((event) => event.kind)).toEqual(['kept'])
  })

  test('an asynchronous projection and a record inside a record are refused and write nothing', () => {
    const { store } = opened(folder())
    expect(() => store.record([{ kind: 'late' }], async () => undefined)).toThrow('asynchronous')
    expect(() => store.record([{ kind: 'outer' }], () => void store.record([{ kind: 'inner' }], () => undefined))).toThrow(
      'inside itself',
    )
    expect(store.events()).toEqual([])
  })

  test('documents are written only inside a record', () => {
    const { store } = opened(folder())
    expect(() => store.tables.meta.put('a', 'b')).toThrow('only inside')
    let leaked = store.tables
    store.record([], (tables) => (leaked = tables))
    expect(() => leaked.meta.put('a', 'b')).toThrow('only inside')
    expect(store.tables.meta.get('a')).toBeNull()
  })

  test('a body that would hide the number, time or kind of its event is refused', () => {
    const { store } = opened(folder())
    for (const key of ['seq', 'at', 'kind', 'session', 'repository']) {
      expect(() => store.record([{ kind: 'odd', body: { [key]: 1 } }], () => undefined)).toThrow(key)
    }
    expect(store.events()).toEqual([])
  })

  test('listeners hear after the commit, each event in order, also when a listener records', () => {
    const { store } = opened(folder())
    const first: number[] = []
    const second: number[] = []
    store.onEvent((event) => {
      first.push(event.seq)
      expect(store.events({ since: event.seq - 1, limit: 1 })).toEqual([event])
      if (event.kind === 'a') store.record([{ kind: 'b' }], () => undefined)
    })
    store.onEvent((event) => second.push(event.seq))
    store.record([{ kind: 'a' }, { kind: 'c' }], () => undefined)
    expect(first).toEqual([1, 2, 3])
    expect(second).toEqual([1, 2, 3])
  })

  test('events come back in the order they were recorded, by number, limit and repository', () => {
    const dataDir = folder()
    const { store } = opened(dataDir)
    const told: Event[] = []
    store.onEvent((event) => told.push(event))
    for (let n = 1; n <= 50; n += 1)
      store.record([{ kind: 'n', repository: n % 2 ? 'odd' : 'even', body: { n } }], () => undefined)
    store.close()
    const again = opened(dataDir).store
    expect(again.events()).toEqual(told)
    expect(again.events({ since: 47 }).map((event) => event['n'])).toEqual([48, 49, 50])
    expect(again.events({ since: 10, limit: 2, repository: 'even' }).map((event) => event['n'])).toEqual([12, 14])
    expect(again.record([{ kind: 'next' }], () => undefined)[0]?.seq).toBe(51)
  })

  test('no event can be changed, removed or replaced, and a number is never used again', () => {
    const dataDir = folder()
    const { store } = opened(dataDir)
    store.record([{ kind: 'kept' }], () => undefined)
    const outside = new DatabaseSync(join(dataDir, 'sluice.db'))
    outside.exec('PRAGMA recursive_triggers = ON')
    for (const sql of [
      "UPDATE events SET kind = 'x'",
      'DELETE FROM events',
      "INSERT OR REPLACE INTO events (seq, at, kind, body) VALUES (1, 'x', 'x', '{}')",
    ]) {
      expect(() => outside.exec(sql)).toThrow('append-only')
    }
    outside.close()
    expect(store.events().map((event) => event.kind)).toEqual(['kept'])
  })
})

describe('documents', () => {
  test('are put, replaced in place, listed by repository and removed', () => {
    const { store } = opened(folder())
    const sessions = store.tables.sessions.of(sessionDocument)
    const queue = store.tables.queue.of(queueDocument)
    const repositories = store.tables.repositories.of(configDocument)
    store.record([], () => {
      repositories.put(shop)
      repositories.put({ ...shop, id: 'r2', path: '/code/docs', openedAt: '2026-11-22T00:00:00.000Z' })
      sessions.put('s1', 'r1', login)
      sessions.put('s2', 'r1', { id: 's2', name: 'cart', order: 2 })
      sessions.put('s3', 'r2', { id: 's3', name: 'docs', order: 1 })
      queue.put('r1', { entries: ['login-fix'] })
    })
    store.record([], () => {
      sessions.put('s1', 'r1', { ...login, order: 9 })
      repositories.put({ ...shop, trustedAt: NOON.toISOString() })
    })
    expect(sessions.list('r1').map((one) => [one.name, one.order])).toEqual([
      ['login-fix', 9],
      ['cart', 2],
    ])
    expect(sessions.list()).toHaveLength(3)
    expect(queue.get('r1')).toEqual({ entries: ['login-fix'] })
    expect(queue.get('r2')).toBeNull()
    expect(repositories.list().map((row) => row.id)).toEqual(['r2', 'r1'])
    expect(repositories.byPath('/code/shop')?.trustedAt).toBe(NOON.toISOString())
    store.record([], () => {
      sessions.remove('s3')
      repositories.remove('r2')
    })
    expect(repositories.get('r2')).toBeNull()
    expect(() => store.record([], () => repositories.remove('r1'))).toThrow('FOREIGN KEY')
    expect(() => store.record([], () => sessions.put('s4', 'nowhere', login))).toThrow('FOREIGN KEY')
    expect(() => store.record([], () => repositories.put({ ...shop, id: 'twin' }))).toThrow('UNIQUE')
  })

  test('one that does not fit its schema is a fault on the way in, and kept but reported once on the way out', () => {
    const { store } = opened(folder())
    const told: string[] = []
    store.onNotice((sentence) => told.push(sentence))
    const loose = store.tables.sessions.of(z.unknown())
    store.record([], (tables) => {
      tables.repositories.of(z.unknown()).put({ ...shop, config: { checks: 'all' } })
      loose.put('s1', 'r1', { id: 's1', name: 7 })
      loose.put('s2', 'r1', { id: 's2', name: 'cart', order: 1 })
    })
    const sessions = store.tables.sessions.of(sessionDocument)
    expect(() => store.record([], () => sessions.put('s1', 'r1', JSON.parse('{"id":"s1"}')))).toThrow('expected string')
    expect(sessions.list('r1').map((one) => one.id)).toEqual(['s2'])
    expect(sessions.get('s1')).toBeNull()
    expect(store.tables.repositories.of(configDocument).byPath('/code/shop')).toEqual({ ...shop, config: null })
    expect(told).toHaveLength(2)
    expect(told[0]).toContain('session “s1”')
    expect(loose.get('s1')).toEqual({ id: 's1', name: 7 })
  })

  test('any text survives: quotes, NUL, line ends, emoji', () => {
    const dataDir = folder()
    const { store } = opened(dataDir)
    const name = `'"; DROP TABLE events; --\u0000\n🦀 ü`
    store.record([{ kind: 'odd', body: { name } }], (tables) => tables.meta.put(name, name))
    store.close()
    const again = opened(dataDir).store
    expect(again.tables.meta.get(name)).toBe(name)
    expect(again.events()[0]?.['name']).toBe(name)
    again.record([], (tables) => tables.meta.remove(name))
    expect(again.tables.meta.get(name)).toBeNull()
  })
})

test.skipIf(process.platform === 'win32')('the data directory and its files are for the user alone', () => {
  const dataDir = join(folder(), 'new', 'data')
  const { store } = opened(dataDir)
  store.record([{ kind: 'x' }], () => undefined)
  const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8)
  expect(mode(dataDir)).toBe('700')
  for (const name of ['sluice.db', 'sluice.db-wal', 'host.lock', 'host.pid'])
    expect([name, mode(join(dataDir, name))]).toEqual([name, '600'])
})

test('a closed store lets go at once, and closing twice is harmless', () => {
  const dataDir = folder()
  const { store } = opened(dataDir)
  store.close()
  store.close()
  expect(() => store.record([{ kind: 'x' }], () => undefined)).toThrow('not open')
  expect(opened(dataDir).notices).toEqual([])
})
