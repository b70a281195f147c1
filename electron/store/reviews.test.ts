/** Facts about the reviews in the store: one a session, kept word by word where nobody can read it. */

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { folder, NOON, opened } from './testing/folders.ts'

const review = z.strictObject({ comments: z.array(z.string()) })

/** A store with one session and its review. */
function withReview(dataDir = folder()) {
  const { store } = opened(dataDir)
  const reviews = store.tables.reviews.of(review)
  const sessions = store.tables.sessions.of(z.unknown())
  store.record([], (tables) => {
    const { id, path } = { id: 'r1', path: '/code/shop' }
    tables.repositories.of(z.unknown()).put({ id, path, trustedAt: null, config: {}, openedAt: NOON.toISOString() })
    sessions.put('s1', 'r1', {})
    reviews.put('s1', { comments: ['Why?'] })
  })
  return { dataDir, store, reviews, sessions }
}

test('a review is there after a restart, and goes with its session', () => {
  const { dataDir, store } = withReview()
  store.close()
  const again = opened(dataDir).store
  const reviews = again.tables.reviews.of(review)
  expect(reviews.get('s1')).toEqual({ comments: ['Why?'] })
  expect(reviews.get('s2')).toBeNull()
  const sessions = again.tables.sessions.of(z.unknown())
  expect(() => again.record([], () => sessions.remove('s1'))).toThrow('FOREIGN KEY')
  again.record([], () => {
    reviews.remove('s1')
    sessions.remove('s1')
  })
  expect(reviews.get('s1')).toBeNull()
})

test('there is no review of a session that is not there', () => {
  const { store, reviews } = withReview()
  expect(() => store.record([], () => reviews.put('s2', { comments: [] }))).toThrow('FOREIGN KEY')
})

test('a review that cannot be read is told once, left as it is, and kept word by word before the next one', () => {
  const { dataDir, store } = withReview()
  store.close()
  const old = '{ "comments":  "Why?" }'
  const outside = new DatabaseSync(join(dataDir, 'sluice.db'))
  outside.prepare('UPDATE reviews SET body = ?').run(old)
  outside.close()
  const again = opened(dataDir).store
  const told: string[] = []
  again.onNotice((sentence) => told.push(sentence))
  const reviews = again.tables.reviews.of(review)
  expect([reviews.get('s1'), reviews.get('s1')]).toEqual([null, null])
  expect(told).toHaveLength(1)
  again.record([], () => reviews.put('s1', { comments: ['New.'] }))
  expect(again.tables.meta.get(`unreadable review s1 ${NOON.toISOString()}`)).toBe(old)
  expect(reviews.get('s1')).toEqual({ comments: ['New.'] })
})

test('a review that is no JSON is damage, and the database is set aside', () => {
  const { dataDir, store } = withReview()
  store.close()
  const outside = new DatabaseSync(join(dataDir, 'sluice.db'))
  outside.exec('PRAGMA ignore_check_constraints = ON')
  outside.prepare('UPDATE reviews SET body = ?').run('{')
  outside.close()
  const { notices } = opened(dataDir)
  expect(notices.join()).toContain('a row of its reviews cannot be read')
})

test('a database from before reviews is brought up to date with all it has', () => {
  const { dataDir, store } = withReview()
  store.close()
  const outside = new DatabaseSync(join(dataDir, 'sluice.db'))
  outside.exec('DROP TABLE reviews; PRAGMA user_version = 2')
  outside.close()
  const { store: again, notices } = opened(dataDir)
  expect(notices).toEqual([])
  expect(again.tables.sessions.of(z.unknown()).get('s1')).toEqual({})
  const reviews = again.tables.reviews.of(review)
  again.record([], () => reviews.put('s1', { comments: [] }))
  expect(reviews.get('s1')).toEqual({ comments: [] })
})
