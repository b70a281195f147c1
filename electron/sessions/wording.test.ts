import { expect, test } from 'vitest'
import { inert, permissionLine, permissionText, shortened } from './wording.ts'

test('nothing that steers a terminal or hides in a text gets through; line breaks and tabs do', () => {
  expect(inert('a\u001b[2Jb\u202ec\u200bd\r\n\te\rf')).toBe('a�[2Jb�c�d\n\te�f')
})

test('a long text is cut between two characters', () => {
  expect(shortened('abcdef', 6)).toBe('abcdef')
  expect(shortened('abcdefg', 6)).toBe('abcde…')
  expect(shortened('ab😀cd', 4)).toBe('ab…')
})

const TABLE: readonly (readonly [string, unknown, string])[] = [
  ['Bash', { command: 'npm install zod\nnpm test', description: 'Install' }, 'npm install zod\nnpm test'],
  ['Write', { file_path: '/w/a.txt', content: 'one\ntwo' }, '/w/a.txt\n+ one\n+ two'],
  ['Edit', { file_path: '/w/a.txt', old_string: 'one', new_string: 'two\nthree' }, '/w/a.txt\n- one\n+ two\n+ three'],
  ['Edit', { file_path: '/w/a.txt', old_string: 'one', new_string: '', replace_all: true }, '/w/a.txt (everywhere)\n- one'],
  ['WebFetch', { url: 'https://example.com', prompt: 'Read it' }, 'https://example.com'],
  ['ExitPlanMode', { plan: '# Plan\n- Do' }, '# Plan\n- Do'],
  ['Task', { to: ['a'] }, '{\n  "to": [\n    "a"\n  ]\n}'],
  ['Bash', { command: 7 }, '{\n  "command": 7\n}'],
  ['Odd', 'text', '{\n  "input": "text"\n}'],
  ['Odd', undefined, '{}'],
]

test.each(TABLE)('%s %j is shown as a person reads it', (tool, input, text) => {
  expect(permissionText(tool, input)).toBe(text)
})

test('what is too long to read is cut, and says so', () => {
  const text = permissionText('Write', { file_path: '/a', content: 'x'.repeat(10_000_000) })
  expect([text.length, text.endsWith('…')]).toEqual([4096, true])
})

test('one line of it is short, whatever it is', () => {
  expect(permissionLine('Bash', 'npm install zod')).toBe('Bash: npm install zod')
  const line = permissionLine('Bash', `a\n\tb ${'c'.repeat(300)}`)
  expect([line.startsWith('Bash: a b ccc'), line.length, line.endsWith('…')]).toEqual([true, 120, true])
})
