import { expect, test } from 'vitest'
import { createLoads } from './cache.ts'

test('what is kept is loaded once, also by those who ask meanwhile; a failure is asked again', async () => {
  const loads = createLoads()
  let count = 0
  const load = () =>
    loads.once(
      'a',
      () => Promise.resolve((count += 1)),
      () => 1,
    )
  expect(await Promise.all([load(), load(), load()])).toEqual([1, 1, 1])
  const fails = () =>
    loads.once(
      'b',
      () => Promise.reject(new Error(`${(count += 1)}`)),
      () => 1,
    )
  await expect(fails()).rejects.toThrow('2')
  await expect(fails()).rejects.toThrow('3')
})

test('beyond its bytes the longest unused goes first', async () => {
  const loads = createLoads(1000)
  const loaded: string[] = []
  const load = (key: string) =>
    loads.once(
      key,
      () => Promise.resolve(loaded.push(key)),
      () => 400,
    )
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await load(key)
  expect(loaded).toEqual(['a', 'b', 'c', 'b'])
})
