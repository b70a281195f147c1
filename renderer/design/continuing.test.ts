/** Facts about what Tab takes of a list of suggestions. */

import { expect, test } from 'vitest'
import { continuing } from './continuing.ts'

const taken = (typed: string, ...values: readonly string[]): string | undefined =>
  continuing(
    typed,
    values.map((value) => ({ value })),
  )?.value

test('the first that goes on with what was typed, wherever it is in the name', () => {
  expect(taken('src/ca', 'src/cart/', 'src/catalogue/')).toBe('src/cart/')
  expect(taken('cart', 'src/cart/', 'test/cart/')).toBe('src/cart/')
  expect(taken('./SRC/Ca', 'src/x/cart.ts')).toBe('src/x/cart.ts')
})

test('what is another text than the one that was typed never takes its place', () => {
  const models = ['', 'opus', 'sonnet', 'haiku'] as const
  expect(taken('claude-opus-4-5', ...models)).toBeUndefined()
  expect(taken('bedrock/opus', ...models)).toBeUndefined()
  expect(taken('son', ...models)).toBe('sonnet')
})

test('Tab leads on from an empty field and from a whole folder', () => {
  expect(taken('', 'src/')).toBeUndefined()
  expect(taken('src/', 'src/cart/')).toBeUndefined()
})
