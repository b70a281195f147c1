/** Facts about check output. */

import { expect, test } from 'vitest'
import { appendLog, joinLogs, MAX_LOG, plainLog } from './logs.ts'

test('a log keeps its end and starts at a line', () => {
  const line = `${'x'.repeat(99)}\n`
  const log = appendLog(line.repeat(MAX_LOG / 100), `${line}the last line`)
  expect(log.length).toBeLessThanOrEqual(MAX_LOG)
  expect(log.startsWith('x'.repeat(99))).toBe(true)
  expect(log.endsWith('\nthe last line')).toBe(true)
})

test('what came before and what streamed meanwhile join without a seam, wherever the reply was cut', () => {
  const output = 'ab\nab\nabc\nab\nabab\nc ok 1\nok 2\nok 3\n'
  for (let asked = 0; asked <= output.length; asked += 1) {
    for (let replied = asked; replied <= output.length; replied += 1) {
      const unique = `${output.slice(0, asked)}<${asked}>${output.slice(asked)}`
      const cut = replied + `<${asked}>`.length
      expect(joinLogs(unique.slice(0, cut), unique.slice(asked))).toBe(unique)
    }
  }
})

test('a reply shorter than what streamed adds nothing twice', () => {
  expect(joinLogs('two\nthree\n', 'one\ntwo\nthree\nfour\n')).toBe('one\ntwo\nthree\nfour\n')
  expect(joinLogs('', 'one\n')).toBe('one\n')
  expect(joinLogs('one\n', '')).toBe('one\n')
})

test('colours, links and overwritten progress do not reach the page', () => {
  expect(plainLog('\u001b[32m✓\u001b[0m orders\r\n')).toBe('✓ orders\n')
  expect(plainLog('10 %\r50 %\rdone\nnext')).toBe('done\nnext')
  expect(plainLog('\u001b]8;;https://example.org\u0007link\u001b]8;;\u0007\u0000!')).toBe('link!')
  expect(plainLog('waiting\r')).toBe('waiting')
})
