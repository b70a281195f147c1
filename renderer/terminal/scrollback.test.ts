/** Facts about the lines above the screen: what is kept of them, and that the newest lines show once they are gone. */

import headless from '@xterm/headless'
import { expect, test } from 'vitest'
import { clearAbove, keepLines } from './scrollback.ts'

const tale = Array.from({ length: 50 }, (_, at) => `line ${at}`).join('\r\n')

async function scrolledUp(): Promise<headless.Terminal> {
  const terminal = new headless.Terminal({ cols: 20, rows: 5, scrollback: 100, allowProposedApi: true, logLevel: 'off' })
  await print(terminal, tale)
  terminal.scrollLines(-10)
  return terminal
}

const print = (terminal: headless.Terminal, text: string): Promise<void> =>
  new Promise((resolve) => terminal.write(text, resolve))

const bearing = ({ buffer: { active } }: headless.Terminal): readonly number[] => [active.viewportY, active.baseY]

test.each([
  ['is cleared', clearAbove],
  ['is not to be kept any more', (terminal: headless.Terminal) => keepLines(terminal, 0)],
])('what is above %s, the screen stays, and what is printed next shows', async (_, act) => {
  const terminal = await scrolledUp()
  act(terminal)
  expect(bearing(terminal)).toEqual([0, 0])
  expect(terminal.buffer.active.getLine(4)?.translateToString(true)).toBe('line 49')
  await print(terminal, '\r\nnext\r\nand next')
  const [shown, newest] = bearing(terminal)
  expect(shown).toBe(newest)
})

test('after it was cleared as much is kept as before', async () => {
  const terminal = await scrolledUp()
  clearAbove(terminal)
  await print(terminal, tale)
  expect(terminal.options.scrollback).toBe(100)
  expect(bearing(terminal)[1]).toBe(49)
})

test('fewer lines are the newest ones, and more are kept from then on; who is scrolled up stays there', async () => {
  const terminal = await scrolledUp()
  keepLines(terminal, 20)
  expect(bearing(terminal)).toEqual([10, 20])
  expect(terminal.buffer.active.getLine(0)?.translateToString(true)).toBe('line 25')
  keepLines(terminal, 40)
  await print(terminal, `\r\n${tale}`)
  expect(bearing(terminal)[1]).toBe(40)
})
