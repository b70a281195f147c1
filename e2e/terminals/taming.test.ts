/** Facts about a tamed terminal: ordinary output is shown as ever, hostile output is bounded and answers nothing of its own (G5, R12, R15). */

import { SerializeAddon } from '@xterm/addon-serialize'
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import headless from '@xterm/headless'
import { describe, expect, test } from 'vitest'
import { MAX_JOINED, MAX_LINK, MAX_STRING, tame } from '../../shared/model/taming.ts'
import { CORPUS } from './corpus.ts'
import { randomOf, ordinary, shredded } from './ordinary.ts'

type Opened = {
  readonly terminal: headless.Terminal
  readonly answers: string[]
  write(data: string | Uint8Array): Promise<void>
  /** Screen, scrollback and modes, as text. */
  shown(): string
}

const COLS = 80
const ROWS = 24

function opened(before: (terminal: headless.Terminal) => void = tamed()): Opened {
  const terminal = new headless.Terminal({ cols: COLS, rows: ROWS, scrollback: 1_000, allowProposedApi: true, logLevel: 'off' })
  before(terminal)
  const serializer = new SerializeAddon()
  terminal.loadAddon(serializer)
  terminal.loadAddon(new UnicodeGraphemesAddon())
  const answers: string[] = []
  terminal.onData((answer) => answers.push(answer))
  return {
    terminal,
    answers,
    write: (data) => new Promise((resolve) => terminal.write(data, resolve)),
    shown: () => `${serializer.serialize()} ${terminal.buffer.active.cursorX} ${terminal.buffer.active.cursorY}`,
  }
}

function tamed(now: () => number = () => performance.now()): (terminal: headless.Terminal) => void {
  return (terminal) => tame(terminal, now)
}

/** A clock by which every costly sequence has to wait. */
function impatient(): () => number {
  let at = 0
  return () => (at += 1_000)
}

describe('ordinary output', () => {
  test.each([
    ['at an ordinary pace', () => performance.now()],
    ['with a turn for others before every costly sequence', impatient()],
  ])('is shown as xterm.js alone shows it, in any pieces, %s', async (_pace, now) => {
    for (let seed = 1; seed <= 150; seed += 1) {
      const random = randomOf(seed)
      const bytes = new TextEncoder().encode(ordinary(random, 200))
      const [stock, candidate] = [opened(() => undefined), opened(tamed(now))]
      await stock.write(bytes)
      for (const piece of shredded(random, bytes)) candidate.terminal.write(piece)
      await candidate.write('')
      expect(candidate.shown(), `seed ${seed}`).toBe(stock.shown())
      expect(candidate.answers, `seed ${seed}`).toEqual(stock.answers)
      stock.terminal.dispose()
      candidate.terminal.dispose()
    }
  })
})

describe('hostile output', () => {
  /** Device attributes, status and position reports, mode and setting reports, colours: nothing that a program can word. */
  const KNOWN_ANSWER =
    // oxlint-disable-next-line no-control-regex
    /^(?:\u001b\[[?>]?[\d;]*[cRn]|\u001b\[\??\d+;\d\$y|\u001bP[01]\$r[\d;]*(?: q|"[pq]|[mrst])?\u001b\\|\u001b\]\d+;(?:\d+;)?rgb:[\da-f/]+(?:\u001b\\|\u0007))$/u

  test.each(CORPUS.map((one) => [one.name, one] as const))('%s leaves a terminal that works', async (_name, hostile) => {
    const { terminal, answers, write, shown } = opened()
    let left = 24 * 1024
    for (const piece of hostile.pieces(8 * 1024)) {
      await write(piece)
      left -= piece.length
      if (left <= 0) break
    }
    await write('\u0018\u001bcalive')
    expect([terminal.cols, terminal.rows]).toEqual([COLS, ROWS])
    expect(shown()).toContain('alive')
    expect(answers.filter((answer) => !KNOWN_ANSWER.test(answer))).toEqual([])
    terminal.dispose()
  })

  test.each([
    ['a title asked for', '\u001b]0;EVIL\u0007\u001b]2;EVIL\u0007\u001b[21t\u001b[20t\u001b[22t\u001b[23t'],
    ['ENQ', 'EVIL\u0005'],
    ['XTGETTCAP', '\u001bP+q4556494c\u001b\\'],
    ['DECRQSS', '\u001bP$qEVIL\u001b\\\u001bP$qm\u001b\\'],
    ['the clipboard asked for', '\u001b]52;c;RVZJTA==\u0007\u001b]52;c;?\u0007'],
    ['colours asked for', '\u001b]4;1;EVIL\u0007\u001b]4;1;?\u0007\u001b]10;?\u0007\u001b]11;EVIL?\u0007'],
    ['a device asked for', '\u001b[c\u001b[>c\u001b[=c\u001b[>q\u001b[6n\u001b[5n\u001b[?15n\u001b[x\u001bZ'],
    ['a checksum asked for', 'EVIL\u001b[1;1;1;1;1;9*y'],
    ['a window made to report', '\u001b[14t\u001b[18t\u001b[19t\u001b[8;5;5t\u001b[3;1;1t'],
  ])('%s types nothing that was printed into the program', async (_name, text) => {
    const { terminal, answers, write } = opened()
    await write(text)
    await write('')
    expect(answers.join('')).not.toMatch(/EVIL|4556494c/iu)
    expect(answers.filter((answer) => !KNOWN_ANSWER.test(answer))).toEqual([])
    expect([terminal.cols, terminal.rows]).toEqual([COLS, ROWS])
    terminal.dispose()
  })
})

describe('what is bounded', () => {
  test.each(['S', 'T', 'L', 'M'])('CSI %s moves no more lines than the screen has, whatever it asks for', async (final) => {
    const [whole, absurd] = [opened(), opened()]
    const text = Array.from({ length: ROWS * 2 }, (_, at) => `line ${at}`).join('\r\n')
    await whole.write(`${text}\u001b[5;1H\u001b[${ROWS}${final}`)
    await absurd.write(`${text}\u001b[5;1H\u001b[2147483647${final}`)
    expect(absurd.shown()).toBe(whole.shown())
  })

  test.each(['b', 'I', 'Z'])('an absurd count of CSI %s is not carried out', async (final) => {
    const { write, shown } = opened()
    await write('a')
    const before = shown()
    await write(`\u001b[2147483647${final}`)
    expect(shown()).toBe(before)
  })

  test('a cell takes as many marks as any writing has; the rest goes on in the next', async () => {
    const { terminal, write } = opened()
    await write(`a${'\u0301'.repeat(10 * MAX_JOINED)}`)
    const line = terminal.buffer.active.getLine(0)
    for (let at = 0; at < 5; at += 1) expect(line?.getCell(at)?.getChars().length).toBeLessThanOrEqual(MAX_JOINED + 1)
    expect(line?.getCell(0)?.getChars()).toBe(`a${'\u0301'.repeat(MAX_JOINED)}`)
  })

  test('a string that is too long has no effect, and the next one has', async () => {
    const { terminal, write } = opened()
    const titles: string[] = []
    terminal.onTitleChange((title) => titles.push(title))
    await write(`\u001b]0;${'x'.repeat(MAX_STRING)}\u0007\u001b]0;short\u0007`)
    expect(titles).toEqual(['short'])
  })

  test('a link that no browser takes is text', async () => {
    const { terminal, write } = opened()
    const linked = (at: number): boolean => {
      const { _core: inner } = terminal as unknown as {
        readonly _core: {
          readonly buffer: {
            readonly lines: { get(y: number): { loadCell(x: number, cell: unknown): { extended: { urlId: number } } } }
          }
        }
      }
      const cell = terminal.buffer.active.getNullCell()
      return inner.buffer.lines.get(0).loadCell(at, cell).extended.urlId !== 0
    }
    const link = (length: number): string => `\u001b]8;;${'https://example.org/'.padEnd(length, 'x')}\u0007a\u001b]8;;\u0007`
    await write(link(MAX_LINK) + link(MAX_LINK + 1))
    expect([linked(0), linked(1)]).toEqual([true, false])
  })

  test('many links, and one over many lines, cost what some cost', async () => {
    const { terminal, write } = opened()
    await write('\u001b]8;;https://example.org/\u0007x\u001b]8;;\u0007'.repeat(20_000))
    await write(`\u001b]8;;https://example.org/\u0007${'x\r\n'.repeat(5_000)}`)
    expect(terminal.markers.length).toBeLessThanOrEqual(2_000)
  })
})
