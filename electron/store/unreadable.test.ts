import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { folder, NOON, opened } from './testing/folders.ts'

const sessionDocument = z.strictObject({ id: z.string(), name: z.string() })
const queueDocument = z.strictObject({ entries: z.array(z.string()) })
const configDocument = z.strictObject({ checks: z.array(z.string()) })

const shop = { id: 'r1', path: '/code/my shop', trustedAt: null, config: { checks: [] }, openedAt: NOON.toISOString() }

/** What an earlier or a later Sluice may have written: no document of it fits this one's schemas; all spaced as nobody else would. */
const OLD = {
  session: '{ "id": "s1",  "name": 7 }',
  queue: '{ "entries":  "login-fix" }',
  settings: '{ "checks":  "all", "own": "words 🦀" }',
}

function withOldDocuments() {
  const dataDir = folder()
  const first = opened(dataDir).store
  first.record([], (tables) => {
    tables.repositories.of(z.unknown()).put(shop)
    tables.sessions.of(z.unknown()).put('s1', 'r1', {})
    tables.queue.of(z.unknown()).put('r1', {})
  })
  first.close()
  const outside = new DatabaseSync(join(dataDir, 'sluice.db'))
  outside.prepare('UPDATE sessions SET body = ?').run(OLD.session)
  outside.prepare('UPDATE queue SET body = ?').run(OLD.queue)
  outside.prepare('UPDATE repositories SET config = ?').run(OLD.settings)
  outside.close()

  const { store } = opened(dataDir)
  const told: string[] = []
  store.onNotice((sentence) => told.push(sentence))
  const sessions = store.tables.sessions.of(sessionDocument)
  const queue = store.tables.queue.of(queueDocument)
  const repositories = store.tables.repositories.of(configDocument)
  const readAll = () => [sessions.list('r1'), queue.get('r1'), repositories.byPath(shop.path)?.config]
  /** What is in `meta`, by key. */
  const meta = (): Record<string, unknown> => {
    const look = new DatabaseSync(join(dataDir, 'sluice.db'), { readOnly: true })
    const rows = look.prepare('SELECT key, value FROM meta').all()
    look.close()
    return Object.fromEntries(rows.map((row) => [String(row['key']), row['value']]))
  }
  return { store, told, sessions, queue, repositories, readAll, meta }
}

const at = NOON.toISOString()
const KEPT = {
  [`unreadable session s1 ${at}`]: OLD.session,
  [`unreadable queue r1 ${at}`]: OLD.queue,
  [`unreadable settings /code/my shop ${at}`]: OLD.settings,
}

test('an unreadable document is kept word by word before the first write in its place, and only then', () => {
  const { store, sessions, queue, repositories, readAll, meta } = withOldDocuments()
  expect(readAll()).toEqual([[], null, null])
  expect(meta()).toEqual({})
  const write = (name: string) =>
    store.record([], () => {
      sessions.put('s1', 'r1', { id: 's1', name })
      queue.put('r1', { entries: [name] })
      repositories.put(shop)
    })
  write('login')
  expect(meta()).toEqual(KEPT)
  expect(readAll()).toEqual([[{ id: 's1', name: 'login' }], { entries: ['login'] }, { checks: [] }])
  write('cart')
  expect(meta()).toEqual(KEPT)
})

test('an unreadable document is kept when it is removed', () => {
  const { store, sessions, queue, repositories, readAll, meta } = withOldDocuments()
  readAll()
  store.record([], () => {
    sessions.remove('s1')
    queue.remove('r1')
    repositories.remove('r1')
  })
  expect(meta()).toEqual(KEPT)
  expect(repositories.get('r1')).toBeNull()
})

test('the notice names the place where the old text will be', () => {
  const { store, told, sessions, queue, repositories, readAll, meta } = withOldDocuments()
  readAll()
  readAll()
  expect(told).toHaveLength(3)
  store.record([], () => {
    sessions.remove('s1')
    queue.put('r1', { entries: [] })
    repositories.put(shop)
  })
  const places = told.map((sentence) => /“meta” under “([^”]+)” and the time\.$/u.exec(sentence)?.[1])
  expect(places.map((place) => `${place} ${at}`).toSorted()).toEqual(Object.keys(meta()).toSorted())
})

test('a record that is rolled back keeps the document in its row, and the next one keeps its text', () => {
  const { store, sessions, readAll, meta } = withOldDocuments()
  readAll()
  const put = () => sessions.put('s1', 'r1', { id: 's1', name: 'login' })
  const half = () =>
    store.record([], () => {
      put()
      throw new Error('no')
    })
  expect(half).toThrow('no')
  expect(meta()).toEqual({})
  expect(store.tables.sessions.of(z.unknown()).get('s1')).toEqual(JSON.parse(OLD.session))
  store.record([], put)
  expect(meta()).toEqual({ [`unreadable session s1 ${at}`]: OLD.session })
})

test('a second unreadable document of the same row and time does not replace the first', () => {
  const { store, sessions, readAll, meta } = withOldDocuments()
  readAll()
  const good = () => store.record([], () => sessions.put('s1', 'r1', { id: 's1', name: 'login' }))
  good()
  store.record([], (tables) => tables.sessions.of(z.unknown()).put('s1', 'r1', { id: 's1', name: false }))
  expect(sessions.get('s1')).toBeNull()
  good()
  expect(meta()).toEqual({
    [`unreadable session s1 ${at}`]: OLD.session,
    [`unreadable session s1 ${at} 2`]: '{"id":"s1","name":false}',
  })
})

test('readable documents leave no copies, and a refused document none either', () => {
  const { store, sessions, queue, readAll, meta } = withOldDocuments()
  readAll()
  store.record([], () => sessions.put('s2', 'r1', { id: 's2', name: 'cart' }))
  store.record([], () => sessions.put('s2', 'r1', { id: 's2', name: 'basket' }))
  store.record([], () => {
    expect(() => queue.put('r1', JSON.parse('{"entries":1}'))).toThrow('expected array')
    sessions.remove('s2')
  })
  expect(meta()).toEqual({})
  expect(queue.get('r1')).toBeNull()
})
