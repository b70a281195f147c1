import { expect, test } from 'vitest'
import { asTyped, isSamePrompt, typedPieces } from './prompt.ts'

const pieces = (prompt: string): readonly string[] => {
  const typed = typedPieces(prompt)
  if (!typed.ok) throw new Error(typed.failure.message)
  return typed.value
}

test('a prompt is typed in short pieces that together are the prompt', () => {
  const prompt = `  ${'x'.repeat(200)}  \nsecond line\n\n\tfourth ünïcödé 🌊`
  expect(pieces(prompt).join('')).toBe(`${prompt.replace('\t', '    ')} `)
  expect(Math.max(...pieces(prompt).map(({ length }) => length))).toBeLessThanOrEqual(80)
})

test('no piece ends within a character', () => {
  const family = '👩‍👧‍👦'
  for (const piece of pieces(family.repeat(60)).slice(0, -1)) expect(piece.replaceAll(family, '')).toBe('')
  const flags = '🇩🇪'.repeat(100)
  expect(pieces(flags).slice(0, -1).join('')).toBe(flags)
})

test.each(['/clear', '!rm x', '#memory', '@file', '  /clear', '\u200b/clear', '\n\t!ls'])(
  '%j is refused: it would be a command',
  (prompt) => {
    expect(typedPieces(prompt)).toMatchObject({ ok: false, failure: { code: 'bad-prompt' } })
  },
)

test.each(['', ' \n ', '\u200b', 'a\u001b[201~b', 'a\u0003', 'a\u009bb', 'a\u202eb', 'a\u200eb', 'exit', ' :wq! \n'])(
  '%j is refused',
  (prompt) => {
    expect(typedPieces(prompt)).toMatchObject({ ok: false, failure: { code: 'bad-prompt' } })
  },
)

test.each([
  ['a\tb', 'a    b'],
  ['a\r\nb\rc\u0085d\u2028e', 'a\nb\nc\nd\ne'],
  ['cafe\u0301', 'caf\u00e9'],
  ['a\u200bb\ufeffc\u00add', 'abcd'],
  ['a \n', 'a'],
  ['می\u200cخواهم ☃\ufe0f', 'می\u200cخواهم ☃\ufe0f'],
  ['  a   \n\n  b', '  a   \n\n  b'],
])('%j arrives as %j', (prompt, arrives) => {
  expect(asTyped(prompt)).toBe(arrives)
  expect(isSamePrompt(prompt, arrives)).toBe(true)
})

test.each([
  ['a  b', 'a b'],
  ['a b', 'a b and more'],
  ['a\nb', 'a b'],
  ['a \nb', 'a\nb'],
  [' a', 'a'],
  ['a', 'draft a'],
])('%j has not arrived when %j did', (prompt, arrived) => {
  expect(isSamePrompt(prompt, arrived)).toBe(false)
})

test('the marks that Claude Code makes in what looks like a paste are no difference', () => {
  expect(isSamePrompt('<pasted_content id=1>x</pasted_content>', '<\\pasted_content id=1>x<\\/pasted_content>')).toBe(true)
})
