/** Facts about whole lines of a terminal, and the way back to its cells. */

import headless from '@xterm/headless'
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import type { Terminal } from '@xterm/xterm'
import { expect, test } from 'vitest'
import { cellsOf, columnAt, MOST_ROWS, readLines } from './lines.ts'

async function given(text: string, { cols = 10, rows = 4, scrollback = 100 } = {}): Promise<Terminal> {
  const terminal = new headless.Terminal({ cols, rows, scrollback, allowProposedApi: true, logLevel: 'off' })
  terminal.loadAddon(new UnicodeGraphemesAddon())
  await new Promise<void>((resolve) => terminal.write(text, resolve))
  return terminal as unknown as Terminal
}

/** Row and column of a text that is in one line. */
function cellOf(terminal: Terminal, text: string): readonly [row: number, column: number] {
  const lines = readLines(terminal)
  const line = lines.texts.findIndex((one) => one.includes(text))
  const { row, at } = lines.placeOf(line, lines.texts[line]!.indexOf(text))
  return [row, columnAt(terminal.buffer.active.getLine(row), at)]
}

test('a line that was wrapped is one line', async () => {
  const terminal = await given('0123456789abcdefghijXY\r\nnext')
  expect(readLines(terminal).texts.slice(0, 2)).toEqual(['0123456789abcdefghijXY', 'next'])
  expect(cellOf(terminal, 'fgh')).toEqual([1, 5])
  expect(cellOf(terminal, 'XY')).toEqual([2, 0])
  expect(cellOf(terminal, 'next')).toEqual([3, 0])
})

test('wide characters, clusters and marks take the cells that they take', async () => {
  const terminal = await given('海は x\r\n👩‍👩‍👧‍👦 y\r\ne\u0301 z')
  expect(cellOf(terminal, 'x')).toEqual([0, 5])
  expect(cellOf(terminal, 'y')).toEqual([1, 3])
  expect(cellOf(terminal, 'z')).toEqual([2, 2])
})

test('a wide character that had no room at the end of a row leaves no blank in the text', async () => {
  const terminal = await given('012345678海は')
  expect(readLines(terminal).texts[0]).toBe('012345678海は')
  expect(cellOf(terminal, 'は')).toEqual([1, 2])
})

test('what is above the screen is read too, and of very much the newest', async () => {
  const few = await given(Array.from({ length: 30 }, (_, at) => `line ${at}`).join('\r\n'))
  expect(readLines(few)).toMatchObject({ cut: false })
  expect(cellOf(few, 'line 3')).toEqual([3, 0])
  const many = await given(Array.from({ length: MOST_ROWS + 10 }, (_, at) => `${at}`).join('\r\n'), { scrollback: 50_000 })
  const { texts, cut } = readLines(many)
  expect([texts.length, texts[0], cut]).toEqual([MOST_ROWS, '10', true])
  expect(cellOf(many, `${MOST_ROWS + 9}`)).toEqual([MOST_ROWS + 9, 0])
})

test('one line that is longer than what is read is read from its end', async () => {
  const terminal = await given(`${'a'.repeat(10 * MOST_ROWS)}END`, { scrollback: 50_000 })
  expect(readLines(terminal).texts[0]).toMatch(/^a+END$/u)
})

test('a piece of text has the cells of its characters, over the ends of rows', async () => {
  const terminal = await given('a海はb 012345678海は\r\n👩‍👩‍👧‍👦 y')
  const { texts, placeOf } = readLines(terminal)
  const cells = (text: string): readonly unknown[] => {
    const line = texts.findIndex((one) => one.includes(text))
    const { row, at } = placeOf(line, texts[line]!.indexOf(text))
    return [...cellsOf(terminal, row, at, text.length)].map(({ row: of, from, to }) => [of, from, to])
  }
  expect(texts[0]).toBe('a海はb 012345678海は')
  expect(cells('海は')).toEqual([[0, 1, 5]])
  expect(cells('b 012345678海')).toEqual([
    [0, 5, 10],
    [1, 0, 8],
  ])
  expect(cells('👩‍👩‍👧‍👦')).toEqual([[2, 0, 2]])
})

test('a wide character that stands in the next row takes nothing from the piece of text it is in', async () => {
  const terminal = await given('012345678海は')
  expect([...cellsOf(terminal, 0, 7, 4)].map(({ row, from, to }) => [row, from, to])).toEqual([
    [0, 7, 9],
    [1, 0, 4],
  ])
})
