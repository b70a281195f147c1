/** Facts about asking one question at a time. */

import { expect, test } from 'vitest'
import { createLatest } from './latest.ts'

/** A slow one to ask: answers when it is told to, with what it was asked. */
function slow() {
  const asked: string[] = []
  const heard: string[] = []
  let answer: () => void = () => {}
  let last: Promise<string> = Promise.resolve('')
  const latest = createLatest<string, string>(
    (question) => {
      asked.push(question)
      last = new Promise((resolve) => {
        answer = () => resolve(question)
      })
      return last
    },
    (one) => heard.push(one),
  )
  const answered = async (): Promise<void> => {
    const under = last
    answer()
    await under
  }
  return { ...latest, asked, heard, answered }
}

test('who asks faster than answers come is answered all the same, and the last question last', async () => {
  const { want, asked, heard, answered } = slow()
  want('a')
  want('b')
  want('c')
  expect(asked).toEqual(['a'])
  await answered()
  expect([asked, heard]).toEqual([['a', 'c'], ['a']])
  want('d')
  await answered()
  await answered()
  expect([asked, heard]).toEqual([
    ['a', 'c', 'd'],
    ['a', 'c', 'd'],
  ])
})

test('after all was answered the next question is asked at once', async () => {
  const { want, asked, answered } = slow()
  want('a')
  await answered()
  want('b')
  expect(asked).toEqual(['a', 'b'])
})

test('after the end nothing is heard and nothing is asked', async () => {
  const { want, close, asked, heard, answered } = slow()
  want('a')
  want('b')
  close()
  await answered()
  expect([asked, heard]).toEqual([['a'], []])
})
