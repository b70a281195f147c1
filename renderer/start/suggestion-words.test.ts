/** Facts about what is said of a suggested model. */

import { expect, test } from 'vitest'
import { suggestModel } from '../../shared/model/routing.ts'
import { suggestionWords } from './suggestion-words.ts'

test.each<[prompt: string, files: number | null, words: string]>([
  ['Rename “price” to “cost”', null, 'Looks like a rename: Haiku is enough.'],
  ['Add a cart', 4, 'Looks like work within 4 files: Sonnet fits.'],
  ['Plan the checkout', null, 'This asks for a plan: Opus is best.'],
  ['Rewrite the checkout', null, 'Looks like a restructuring: Opus is best.'],
])('“%s” with %j files: %s', (prompt, files, words) => {
  const suggested = suggestModel(prompt, files)
  expect(suggested === null ? null : suggestionWords(suggested)).toBe(words)
})
