/** Facts about the suggested model. */

import { expect, test } from 'vitest'
import { suggestModel } from './routing.ts'

test.each<[prompt: string, files: number | null, reason: string]>([
  ['Plan how the cart could be split into services', null, 'Opus: asks for a plan.'],
  ['Look at the queue and make a plan, then stop', 3, 'Opus: asks for a plan.'],
  ['The upload test is flaky on slow machines, find out why', null, 'Opus: a fault that is hard to find.'],
  ['Use the new logger everywhere', 312, 'Opus: a change across 312 files.'],
  ['Refactor the price module into pure functions', null, 'Opus: a restructuring.'],
  ['Port the price module to TypeScript', null, 'Opus: a restructuring.'],
  ['Let the user set the port of the server', null, 'Sonnet: an implementation.'],
  ['Rename `price` to `cost`', null, 'Haiku: a rename.'],
  ['Fix the typo in the footer', null, 'Haiku: a correction of words.'],
  ['Bump the version to 1.2.0', null, 'Haiku: a new version of a package.'],
  ['Add a greeting to the home page', 12, 'Sonnet: an implementation within 12 files.'],
  ['Add a greeting to the home page', 1, 'Sonnet: an implementation within 1 file.'],
  ['Add a greeting to the home page', null, 'Sonnet: an implementation.'],
  ['Add a greeting to the home page', 0, 'Sonnet: an implementation.'],
  ['Add a greeting to the home page', 13, 'Sonnet: an implementation.'],
  ['Write tests for the parser', null, 'Sonnet: writing tests.'],
  ['Fix the redirect after login', null, 'Sonnet: a repair.'],
])('“%s” over %s files is for %s', (prompt, files, reason) => {
  const suggested = suggestModel(prompt, files)
  expect(suggested?.reason).toBe(reason)
  expect(suggested?.reason.toLowerCase().startsWith(suggested.model)).toBe(true)
})

test('an order that is long or wide is not a small one, whatever its verb', () => {
  expect(suggestModel('Rename the order type', 40)?.model).toBe('sonnet')
  expect(suggestModel(`Rename the order type. ${'Then mind this as well. '.repeat(30)}`, null)?.model).toBe('sonnet')
})

test('a word alone suggests nothing', () => {
  expect(suggestModel('', null)).toBeNull()
  expect(suggestModel('  Fix \n', null)).toBeNull()
})

test('a prompt of any length is read at once', () => {
  // Whole minutes when every “update” looks for its “version” to the end of the line.
  const line = 'update the thing '.repeat(60_000)
  expect(suggestModel(line, null)?.model).toBe('sonnet')
})
