/** Facts about the prompt that comments make. */

import { expect, test } from 'vitest'
import { typedPieces } from '../sessions/prompt.ts'
import { composeReview } from './composing.ts'

type Said = Parameters<typeof composeReview>[0][number]

const comment = (more: Partial<Said> = {}): Said => ({
  path: 'src/cart.ts',
  lines: { side: 'new', start: 12, end: 13 },
  quoted: ['const total = 0', 'return total'],
  text: 'It never adds anything.',
  ...more,
})

/** What stands inside each fence, read as Markdown reads it. */
function fences(text: string): readonly string[] {
  const found: string[] = []
  let open: { fence: string; lines: string[] } | null = null
  for (const line of text.split('\n')) {
    const fence = /^(`{3,})$/u.exec(line)?.[1]
    if (open === null && fence !== undefined) open = { fence, lines: [] }
    else if (open !== null && fence !== undefined && fence.length >= open.fence.length) {
      found.push(open.lines.join('\n'))
      open = null
    } else open?.lines.push(line)
  }
  expect(open).toBeNull()
  return found
}

test('a comment is told with its place, its code and its words', () => {
  expect(composeReview([comment()], '')).toMatchInlineSnapshot(`
    "I have reviewed your work and have one comment. The quoted code is as it was when I read it.

    1. src/cart.ts:12–13
    \`\`\`
    const total = 0
    return total
    \`\`\`
    It never adds anything.

    Please change the code accordingly, run what verifies it, and commit the result on this branch. Then tell me for each comment what you did, and which ones you did not follow and why."
  `)
})

test('comments stand by path and line; what is about the whole work comes first, a whole file before its lines', () => {
  const text = composeReview(
    [
      comment({ path: 'b.ts', lines: { side: 'new', start: 9, end: 9 } }),
      comment({ path: 'b.ts', lines: { side: 'old', start: 2, end: 4 } }),
      comment({ path: 'b.ts', lines: null, quoted: [] }),
      comment({ path: 'a.ts', lines: { side: 'new', start: 70, end: 70 } }),
      comment({ path: null, lines: null, quoted: [] }),
    ],
    'All in all good.',
  )
  const heads = text.split('\n').filter((line) => /^\d+\. /u.test(line))
  expect(heads).toEqual([
    '1. The whole work',
    '2. a.ts:70',
    '3. b.ts (the whole file)',
    '4. b.ts:2–4 (lines that the work removed)',
    '5. b.ts:9',
  ])
  expect(text.indexOf('All in all good.')).toBeLessThan(text.indexOf('1. The whole work'))
})

test('it begins with a sentence, whatever the user and the code begin with', () => {
  for (const start of ['/clear', '!ls', '# note', '@file'])
    expect(composeReview([comment({ text: start, quoted: [start] })], start)).toMatch(/^I have reviewed/u)
  expect(composeReview([], '/clear')).toMatch(/^I have reviewed your work\.\n\n\/clear/u)
  expect(composeReview([], '/clear')).not.toContain('comment')
})

test('no quoted backticks close a fence, and a suggestion stands in one of its own', () => {
  const quoted = ['```ts', 'code', '````', '`````']
  const text = composeReview([comment({ quoted, suggestion: '```\nnew\n```' })], '')
  expect(fences(text)).toEqual([quoted.join('\n'), '```\nnew\n```'])
  expect(text).toContain('Suggestion: replace these lines with:')
})

test('an empty suggestion says that the lines should go', () => {
  expect(composeReview([comment({ suggestion: '' })], '')).toContain('Suggestion: remove these lines.')
})

test('characters that cannot be typed are written out, and a path with a line break stays one line', () => {
  const text = composeReview([comment({ path: 'a\nb.ts', quoted: ['\u001b[2Jx\u202ey', '\u0000'] })], 'beep\u0007')
  expect(typedPieces(text)).toMatchObject({ ok: true })
  expect(text).toContain(String.raw`\u001b[2Jx\u202ey`)
  expect(text).toContain('1. "a\\nb.ts":12–13')
})

test('a long quote keeps its beginning and its end', () => {
  const quoted = Array.from({ length: 500 }, (_none, at) => `line ${at + 1}`)
  const [block] = fences(composeReview([comment({ quoted })], ''))
  const lines = block?.split('\n') ?? []
  expect(lines).toHaveLength(60)
  expect(lines[0]).toBe('line 1')
  expect(lines.at(-1)).toBe('line 500')
  expect(lines[49]).toBe('… 441 lines are left out here …')
})
