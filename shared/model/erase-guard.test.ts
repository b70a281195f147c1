import headless from '@xterm/headless'
import { expect, test } from 'vitest'
import { guardErase } from './erase-guard.ts'

test.each(['\x1b[1J', '\x1b[?1J'])('erasing above the last cell of a screen does not end the parser', async (sequence) => {
  const terminal = new headless.Terminal({ cols: 10, rows: 3, allowProposedApi: true })
  guardErase(terminal)
  const written = (text: string): Promise<void> => new Promise((parsed) => terminal.write(text, parsed))
  await written(`top\x1b[3;10Hx${sequence}`)
  await written('\x1b[Hstill here')
  const lines = Array.from({ length: 3 }, (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true))
  expect(lines).toEqual(['still here', '', ''])
})
