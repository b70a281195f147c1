import { expect, test } from 'vitest'
import { failedStories, failedUnits, failureLines } from './failures.ts'

const MANY = Array.from({ length: 9 }, (_, at) => `line ${at + 1}`).join('\n')

const passed = { fullName: 'adds', status: 'passed', failureMessages: [] }
const failed = { fullName: 'lands it lands', status: 'failed', failureMessages: [`Error: no\n\n${MANY}`] }

test('each failed unit test is told with its file, its name and the first lines of what it said', () => {
  const report = { testResults: [{ name: '/a/x.test.ts', status: 'failed', message: '', assertionResults: [passed, failed] }] }
  expect(failedUnits(report)).toEqual([
    { file: '/a/x.test.ts', name: 'lands it lands', said: ['Error: no', 'line 1', 'line 2', 'line 3', 'line 4', 'line 5'] },
  ])
})

test('a file that failed without a failed test is told as well, and one that passed is not', () => {
  const report = {
    testResults: [
      { name: '/a/x.test.ts', status: 'failed', message: 'SyntaxError: what', assertionResults: [] },
      { name: '/a/hook.test.ts', status: 'failed', message: 'afterAll broke', assertionResults: [passed] },
      { name: '/a/y.test.ts', status: 'passed', message: '', assertionResults: [passed] },
    ],
  }
  expect(failedUnits(report)).toEqual([
    { file: '/a/x.test.ts', name: 'the file itself', said: ['SyntaxError: what'] },
    { file: '/a/hook.test.ts', name: 'the file itself', said: ['afterAll broke'] },
  ])
})

test('each failed story is told, however deep, with its project; a flaky one failed', () => {
  const story = (title: string, status: string) => ({
    title,
    file: 'loop.spec.ts',
    tests: [{ projectName: 'web', status, results: [{ errors: [{ message: `${title} broke` }] }] }],
  })
  const report = {
    suites: [
      {
        title: 'loop.spec.ts',
        file: 'loop.spec.ts',
        specs: [story('first', 'unexpected'), story('second', 'expected')],
        suites: [{ title: 'landing', file: 'loop.spec.ts', specs: [story('third', 'flaky')] }],
      },
    ],
    errors: [{ message: 'No browser' }],
  }
  expect(failedStories(report)).toEqual([
    { file: 'loop.spec.ts', name: '[web] first', said: ['first broke'] },
    { file: 'loop.spec.ts', name: '[web] landing third', said: ['third broke'] },
    { file: 'stories', name: 'outside of a story', said: ['No browser'] },
  ])
})

test.each([undefined, null, 'cut', {}, { testResults: 7, suites: 'x' }])('what is no report tells nothing: %j', (report) => {
  expect([failedUnits(report), failedStories(report)]).toEqual([[], []])
})

test('the lines name files from the root, with what was said below', () => {
  expect(failureLines([{ file: '/a/x.test.ts', name: 'lands', said: ['Error: no'] }], '/a')).toEqual([
    '✗ x.test.ts › lands',
    '    Error: no',
  ])
})
