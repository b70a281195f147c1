import headless from '@xterm/headless'
import { expect, it } from 'vitest'
import { resizeExactly } from './resizing.ts'

it('a cursor that was saved below what is now the last row counts as saved on it, also when rows scroll away', async () => {
  const terminal = new headless.Terminal({ cols: 20, rows: 10, allowProposedApi: true })
  const write = (text: string): Promise<void> => new Promise((resolve) => terminal.write(text, resolve))
  await write('\x1b[10;1H\x1b7\x1b[H')
  resizeExactly(terminal, 20, 4)
  await write('\x1b[4;1H\n\n\x1b8')
  expect(terminal.buffer.active.cursorY).toBe(1)
  terminal.dispose()
})
