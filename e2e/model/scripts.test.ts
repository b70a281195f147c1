import { expect, test } from 'vitest'
import { bash, readScript, say, script } from './scripts.ts'

function turnsOf(value: unknown) {
  const read = readScript(value)
  if (read.kind === 'malformed') throw new Error(read.message)
  return read.turns
}

function complaintOf(value: unknown): string {
  const read = readScript(value)
  return read.kind === 'malformed' ? read.message : 'none'
}

test('a step that says or calls something is a turn', () => {
  const turns = turnsOf([say('First.'), bash('ls'), { text: 'Both.', tools: [{ tool: 'Read', input: {} }, { tool: 'Write' }] }])

  expect(turns.map(({ text, tools }) => [text, ...tools.map(({ tool }) => tool)])).toEqual([
    ['First.'],
    [null, 'Bash'],
    ['Both.', 'Read', 'Write'],
  ])
})

test('troubles, delays and thoughts belong to the turn that follows them', () => {
  const steps = [
    { status: 529, times: 2 },
    { drop: true },
    { delayMs: 5 },
    { thinking: 'Hm.' },
    { text: 'A.', delayMs: 7 },
    say('B.'),
  ]
  const [first, second] = turnsOf(steps)

  expect(first).toMatchObject({ from: 0, text: 'A.', thinking: 'Hm.', delayMs: 12 })
  expect(first?.troubles).toEqual([
    { kind: 'refuse', status: 529, times: 2 },
    { kind: 'drop', times: 1 },
  ])
  expect(second).toMatchObject({ from: 5, text: 'B.', thinking: null, delayMs: 0, troubles: [] })
})

test('a trouble at the end precedes a closing word', () => {
  expect(turnsOf([say('A.'), { status: 500 }])[1]).toMatchObject({ from: 1, text: 'Done.' })
})

test('a malformed script names the step and the field', () => {
  expect(complaintOf([say('A.'), { text: 3 }])).toBe(
    'Script error: step 2, “text”: Invalid input: expected string, received number.',
  )
  expect(complaintOf([{ txt: 'A.' }])).toBe('Script error: step 1: Unrecognized key: "txt".')
  expect(complaintOf([{ input: {} }])).toBe('Script error: step 1: “input” needs “tool” beside it.')
  expect(complaintOf([{ status: 200 }])).toContain('step 1, “status”')
  expect(complaintOf({})).toContain('the script: Invalid input: expected array')
  expect(complaintOf([])).toContain('the script: Too small')
})

test('cache writes that do not add up are refused', () => {
  const cache_creation = { ephemeral_5m_input_tokens: 1, ephemeral_1h_input_tokens: 1 }
  expect(complaintOf([{ text: 'A.', usage: { cache_creation_input_tokens: 3, cache_creation } }])).toContain('do not add up')
})

test('a script is one line of prompt, after the human words', () => {
  expect(script([say('One\ntwo.')])).toBe('run:[{"text":"One\\ntwo."}]')
  expect(script([say('A.')], 'Add X.')).toBe('Add X.\n\nrun:[{"text":"A."}]')
  expect(() => script([])).toThrow('Script error')
})
