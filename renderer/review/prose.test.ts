/** Facts about how a message of a session is read. */

import { expect, test } from 'vitest'
import { blocksOf, runsOf, teaserOf } from './prose.ts'

test('paragraphs, headings, lists, quotes and code become blocks', () => {
  const message = `## Done

The total is **right** now:
see \`total.ts\`.

- one
  goes on
  - inner
2. two

> said before

\`\`\`ts
const a = '<b>'
\`\`\``
  const blocks = blocksOf(message)
  expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'paragraph', 'list', 'quote', 'code'])
  expect(blocks[2]).toMatchObject({
    items: [
      { depth: 0, mark: '•', runs: [{ text: 'one\ngoes on' }] },
      { depth: 1, mark: '•' },
      { depth: 0, mark: '2.' },
    ],
  })
  expect(blocks[4]).toEqual({ kind: 'code', text: "const a = '<b>'" })
})

test('markup of the web stays the text that it is, and a link shows where it leads', () => {
  expect(runsOf('<img src=x onerror=alert(1)>')).toEqual([{ kind: 'plain', text: '<img src=x onerror=alert(1)>' }])
  expect(runsOf('[docs](javascript:alert)')).toEqual([{ kind: 'plain', text: 'docs (javascript:alert)' }])
})

test('signs inside words are no marks', () => {
  expect(runsOf('2*3*4 and snake_case_name')).toEqual([{ kind: 'plain', text: '2*3*4 and snake_case_name' }])
  expect(runsOf('*so* it is')).toEqual([
    { kind: 'em', text: 'so' },
    { kind: 'plain', text: ' it is' },
  ])
})

test('nothing is hidden in it', () => {
  expect(JSON.stringify(blocksOf('safe\u202Egnp.exe'))).toContain('u{202e}')
})

test('a block that never ends and endless signs are read all the same', () => {
  expect(blocksOf('```\nopen')).toEqual([{ kind: 'code', text: 'open' }])
  expect(blocksOf(`${'*'.repeat(30_000)}${'`'.repeat(30_000)}[`).length).toBeGreaterThan(0)
})

test('a hostile line costs no more than any other', () => {
  // Each of them took seconds once, and it is read with every message that comes.
  for (let time = 0; time < 30; time += 1) {
    expect(blocksOf(`# ${'#'.repeat(39_000)}x`)).toHaveLength(1)
    expect(blocksOf('['.repeat(40_000))).toHaveLength(1)
  }
  expect(blocksOf('## Done ##')).toEqual([{ kind: 'heading', runs: [{ kind: 'plain', text: 'Done' }] }])
})

test('the first words stand for the message', () => {
  expect(teaserOf('# Fixed the *total*\n\nMore.')).toBe('Fixed the total')
  expect(teaserOf('```\ncode\n```\n- it works')).toBe('it works')
  expect(teaserOf('')).toBe('')
})
