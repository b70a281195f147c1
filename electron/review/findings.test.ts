/** Facts about what is read from the words of a session that reviewed. */

import { expect, test } from 'vitest'
import { findingsIn, placeOfFinding, reviewPrompt } from './findings.ts'

const answer = (...lines: readonly string[]): string => ['I read it.', '', '```', ...lines, '```', ''].join('\n')

test('each line of the last block with findings is one, with its place', () => {
  const text = `${answer('src/old.ts:1: An example from before.')}\n${answer('src/cart.ts:42: The total is wrong.', '- docs/a b.md:3-5: Out of date: see 4:2: there.')}\n\`\`\`\nnpm test\n\`\`\`\n`
  expect(findingsIn(text)).toEqual([
    { path: 'src/cart.ts', start: 42, end: 42, text: 'The total is wrong.' },
    { path: 'docs/a b.md', start: 3, end: 5, text: 'Out of date: see 4:2: there.' },
  ])
})

test('a session that finds nothing says so, and one that gives no such block gives no answer', () => {
  expect(findingsIn(answer('no findings'))).toEqual([])
  expect(findingsIn('I shall read it now.')).toBeNull()
  expect(findingsIn('src/cart.ts:42: Not in a block.')).toBeNull()
  expect(findingsIn('```\nsrc/cart.ts:42: The block never ends.')).toBeNull()
  expect(findingsIn(answer('$ ls', 'a b c'))).toBeNull()
})

test('what is no finding in the block is passed over', () => {
  expect(findingsIn(answer('worst first', '', 'a.ts:7: Yes.', 'and so on'))).toEqual([
    { path: 'a.ts', start: 7, end: 7, text: 'Yes.' },
  ])
})

test('what names no line is kept, as a remark on its file or on the whole work', () => {
  const remark = (path: string, text: string) => ({ path, start: null, end: null, text })
  const vague = findingsIn(answer('no file: vague words', 'a.ts: No test at all.'))
  expect(vague).toEqual([remark('no file', 'vague words'), remark('a.ts', 'No test at all.')])
  expect(findingsIn(answer('a.ts:7: Yes.', 'general: Too much of it.'))).toContainEqual(remark('general', 'Too much of it.'))
  const lines = (path: string): number | null => (path === 'a.ts' ? 10 : null)
  expect((vague ?? []).map((one) => placeOfFinding(one, lines))).toEqual([
    { path: null, lines: null, text: 'no file: vague words' },
    { path: 'a.ts', lines: null, text: 'No test at all.' },
  ])
  // What it quotes on the way is no answer.
  expect(findingsIn(`${answer('name: a file of settings')}\nThat is all.`)).toBeNull()
})

test('however much it says, it is read and kept within bounds', () => {
  const hostile = [
    '`'.repeat(100_000),
    answer(`${'a:1'.repeat(200_000)}: x`),
    answer(...Array.from({ length: 5000 }, (_none, at) => `a.ts:${at + 1}: ${'x'.repeat(300)}`)),
    `\`\`\`\n${': 1:'.repeat(2000)}\n\`\`\``,
  ]
  const found = hostile.map(findingsIn)
  expect(found[2]).toHaveLength(200)
  expect(findingsIn(answer('a.ts:1: Same.', 'a.ts:1: Same.'))).toHaveLength(1)
})

test('a finding outside of the work is a comment without lines, which says where it was meant', () => {
  const lines = (path: string): number | null => (path === 'a.ts' ? 10 : null)
  const finding = { path: 'a.ts', start: 9, end: 12, text: 'Look.' }
  expect(placeOfFinding(finding, lines)).toEqual({ path: 'a.ts', lines: { side: 'new', start: 9, end: 10 }, text: 'Look.' })
  expect(placeOfFinding({ ...finding, start: 11 }, lines)).toEqual({ path: 'a.ts', lines: null, text: 'Line 11: Look.' })
  expect(placeOfFinding({ ...finding, path: '../etc/passwd' }, lines)).toEqual({
    path: null,
    lines: null,
    text: '../etc/passwd:9: Look.',
  })
})

test('the reviewer is told which branch it is, where it begins and ends, and how to read it', () => {
  const [base, head] = ['a'.repeat(40), 'b'.repeat(40)]
  const prompt = reviewPrompt({
    name: 'cart',
    branch: 'sluice/cart',
    target: 'main',
    base,
    head,
    prompt: 'Add a cart.\nWith tests.',
  })
  expect(prompt).toContain(`git diff ${base}..${head}`)
  expect(prompt).toContain('sluice/cart')
  expect(prompt).toContain('> Add a cart.\n> With tests.')
  expect(prompt).toMatch(/^Please review/u)
})
