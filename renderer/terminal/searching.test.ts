/** Facts about asking what searches: the last question is answered, and what takes too long is ended. */

import { beforeEach, expect, test } from 'vitest'
import { createSearching, type Answer, type Question, type Said, type Searching } from './searching.ts'

type Started = { readonly asked: Question[]; ended: boolean; readonly says: (said: Said | 'failed') => void }

const FOUND = { found: [], more: false }

let started: Started[] = []
let waits: (() => void)[] = []
let answers: (readonly [text: string, answer: Answer])[] = []
let searching: Searching

function ask(text: string): void {
  void searching
    .ask([], { text, matchCase: false, wholeWord: false, regex: false })
    .then((answer) => answers.push([text, answer]))
}

const settled = (): Promise<void> => Promise.resolve()
const asked = ({ asked: questions }: Started): readonly string[] => questions.map(({ query }) => query.text)

beforeEach(() => {
  started = []
  waits = []
  answers = []
  searching = createSearching(
    (told) => {
      const one: Started = { asked: [], ended: false, says: (said) => !one.ended && told(said) }
      started.push(one)
      return { ask: (question) => void one.asked.push(question), end: () => void (one.ended = true) }
    },
    (_milliseconds, then) => {
      waits.push(then)
      return () => void (waits = waits.filter((wait) => wait !== then))
    },
  )
})

test('what searches is given the question once it is there, and only then is it waited for', async () => {
  ask('one')
  ask('two')
  expect([started.length, asked(started[0]!), waits.length]).toEqual([1, [], 0])
  started[0]!.says('ready')
  expect([asked(started[0]!), waits.length]).toEqual([['two'], 1])
  started[0]!.says(FOUND)
  await settled()
  expect(answers).toEqual([['two', FOUND]])
  expect(waits).toEqual([])
  ask('three')
  expect([started.length, asked(started[0]!)]).toEqual([1, ['two', 'three']])
})

test('one that is still at work on an older question is ended: it would answer another one', async () => {
  ask('one')
  started[0]!.says('ready')
  ask('two')
  expect([started[0]!.ended, started.length, waits.length]).toEqual([true, 2, 0])
  started[0]!.says(FOUND)
  started[1]!.says('ready')
  started[1]!.says(null)
  await settled()
  expect(answers).toEqual([['two', 'no-pattern']])
})

test('what takes too long is ended and said so; the next question has another one', async () => {
  ask('one')
  started[0]!.says('ready')
  waits[0]!()
  await settled()
  expect([started[0]!.ended, answers]).toEqual([true, [['one', 'too-slow']]])
  ask('two')
  expect(started).toHaveLength(2)
})

test('where nothing that searches comes, that is said', async () => {
  ask('one')
  started[0]!.says('failed')
  await settled()
  expect(answers).toEqual([['one', 'failed']])
})

test('after the end nothing is waited for', () => {
  ask('one')
  started[0]!.says('ready')
  searching.close()
  expect([started[0]!.ended, waits]).toEqual([true, []])
})
