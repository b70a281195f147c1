/** Facts about the font of terminals. */

import { expect, test } from 'vitest'
import { familyOf } from './font.ts'

test.each([
  [null, 'var(--mono)'],
  ['Fira Code', '"Fira Code", var(--mono)'],
  ['Fira Code, monospace', '"Fira Code", monospace, var(--mono)'],
  [`'JetBrains Mono' ,, "Menlo"`, '"JetBrains Mono", "Menlo", var(--mono)'],
  ['a"; b', '"a; b", var(--mono)'],
] as const)('%s is written %s', (font, family) => {
  expect(familyOf(font)).toBe(family)
})
