import { expect, test } from 'vitest'
import type { Change, Changes } from '../../shared/contract.ts'
import { createFeed } from './feed.ts'

const output = (text: string): Change => ({ kind: 'check-output', session: 'a', text })
const queue = (): Change => ({ kind: 'queue', entries: [] })

function feedWithTicks() {
  const ticks: (() => void)[] = []
  const batches: Changes[] = []
  const feed = createFeed((work) => ticks.push(work))
  feed.listen((batch) => batches.push(batch))
  return { feed, batches, tick: () => ticks.splice(0).forEach((work) => work()) }
}

test('changes of one tick travel together and are numbered without a gap', () => {
  const { feed, batches, tick } = feedWithTicks()
  feed.push(output('a'))
  feed.push(output('b'))
  tick()
  feed.push(output('c'))
  tick()
  expect(batches).toEqual([
    { first: 1, changes: [output('a'), output('b')] },
    { first: 3, changes: [output('c')] },
  ])
})

test('only the newest state of a thing is sent, in its newest place', () => {
  const { feed, batches, tick } = feedWithTicks()
  feed.push(queue())
  feed.push(output('a'))
  feed.push(queue())
  tick()
  expect(batches).toEqual([{ first: 1, changes: [output('a'), queue()] }])
})

test('a flush before a snapshot sends what is pending, and the tick then has nothing left', () => {
  const { feed, batches, tick } = feedWithTicks()
  feed.push(output('a'))
  expect(feed.flush()).toBe(1)
  tick()
  expect(batches).toHaveLength(1)
  expect(feed.flush()).toBe(1)
})
