import { expect, test } from 'vitest'
import { isSamePrompt, typedPieces } from './prompt.ts'

const pieces = (prompt: string): readonly string[] => {
  const typed = typedPieces(prompt)
  if (!typed.ok) throw new Error(typed.failure.message)
  return typed.value
}

test('a prompt is typed in short pieces that together are the prompt', () => {
  const prompt = `${'x'.repeat(200)}\nsecond line\n\nfourth ünïcödé 🌊`
  expect(pieces(prompt).join('')).toBe(prompt)
  expect(Math.max(...pieces(prompt).map((piece) => [...piece].length))).toBeLessThanOrEqual(80)
})

test.each(['/clear', '!rm x', '#memory', '@file', '  /clear'])('%s is refused: it would be a command', (prompt) => {
  expect(typedPieces(prompt)).toMatchObject({ ok: false, failure: { code: 'bad-prompt' } })
})

test.each(['', ' \n ', 'a\u001b[201~b', 'a\u0003'])('%j is refused', (prompt) => {
  expect(typedPieces(prompt)).toMatchObject({ ok: false, failure: { code: 'bad-prompt' } })
})

test('what arrives is compared without its white space', () => {
  expect(isSamePrompt('a  b\n', 'a b')).toBe(true)
  expect(isSamePrompt('a b', 'a b and more')).toBe(false)
})
