/** Facts about the way from one terminal to the next: nothing of the last one is said of the next, and nothing that is typed is lost. */

import headless from '@xterm/headless'
import type { Terminal } from '@xterm/xterm'
import { beforeEach, expect, test } from 'vitest'
import { createShowing, type Exit, type Showing } from './showing.ts'
import type { Sink, Wire } from './wire.ts'

/** So much is not parsed at once: what stands behind it has to wait. */
const FLOOD = new TextEncoder().encode('flood '.repeat(200_000))

const sinks = new Map<string, Sink>()
const typed: string[] = []
const exits: (Exit | null)[] = []
let terminal: Terminal
let showing: Showing

const said = (id: string, bytes: Uint8Array): number => typed.push(`${id} ${new TextDecoder().decode(bytes)}`)
const wire = {
  show(id, _cols, _rows, sink) {
    sinks.set(id, sink)
    return {
      input: (bytes) => said(id, bytes),
      answer: (bytes) => said(`${id}, answered`, bytes),
      resize: () => undefined,
      claim: () => undefined,
      close: () => undefined,
    }
  },
} satisfies Pick<Wire, 'show'> as unknown as Wire

const sink = (id: string): Sink => sinks.get(id)!
const parsed = (): Promise<void> => new Promise((resolve) => terminal.write('', resolve))
const encoded = (text: string): Uint8Array => new TextEncoder().encode(text)

beforeEach(() => {
  for (const list of [typed, exits]) list.length = 0
  terminal = new headless.Terminal({ cols: 20, rows: 4, allowProposedApi: true, logLevel: 'off' }) as unknown as Terminal
  showing = createShowing(terminal, wire, { onExit: (exit) => exits.push(exit), onSize: () => undefined })
})

test('an end that still waits for its turn is not the end of the terminal that shows by then', async () => {
  showing.show('one')
  sink('one').screen(20, 4, FLOOD)
  sink('one').exit(3, null)
  showing.show('two')
  sink('two').screen(20, 4, encoded('$ '))
  await parsed()
  expect(exits.every((exit) => exit === null)).toBe(true)
  expect(showing.isEnded()).toBe(false)
})

test('a terminal that was started again while its end waited for its turn has not ended', async () => {
  showing.show('one')
  sink('one').screen(20, 4, FLOOD)
  sink('one').exit(3, null)
  sink('one').screen(20, 4, encoded('$ '))
  await parsed()
  expect(exits.at(-1)).toBeNull()
  sink('one').exit(4, null)
  sink('one').data(encoded('again'), () => undefined)
  await parsed()
  expect(exits.slice(-2)).toEqual([{ code: 4, signal: null }, null])
})

test('an end is told after all that was printed', async () => {
  showing.show('one')
  sink('one').screen(20, 4, encoded('$ '))
  let done = false
  sink('one').data(FLOOD, () => {
    done = true
    expect(showing.isEnded()).toBe(false)
  })
  sink('one').exit(0, null)
  await parsed()
  expect([done, showing.isEnded()]).toEqual([true, true])
})

test('text that is typed while the last terminal is still parsed goes to the one on show; what was asked there goes nowhere', async () => {
  showing.show('one')
  sink('one').screen(20, 4, FLOOD)
  showing.show('two')
  showing.type('ls\r')
  // An arrow key or a press of the mouse, written as the last program wanted it.
  showing.type('\u001bOA')
  showing.press('\u001b[M !!')
  showing.answer('\u001b[?1;2c', true)
  expect(typed).toEqual(['two ls\r'])
  await parsed()
  showing.type('\u001b[A')
  expect(typed).toEqual(['two ls\r', 'two \u001b[A'])
})

test('a window answers only where the House says so', async () => {
  showing.show('one')
  sink('one').screen(20, 4, encoded('$ '))
  await parsed()
  showing.answer('\u001b[1;1R', false)
  sink('one').size(20, 4, true)
  await parsed()
  showing.answer('\u001b[2;1R', false)
  expect(typed).toEqual(['one, answered \u001b[2;1R'])
})

test('no cursor waits where nothing runs, and the next program has one', async () => {
  showing.show('one')
  sink('one').screen(20, 4, encoded('$ '))
  await parsed()
  const { _core: core } = terminal as unknown as {
    readonly _core: { readonly coreService: { readonly isCursorHidden: boolean } }
  }
  const isHidden = (): boolean => core.coreService.isCursorHidden
  expect(isHidden()).toBe(false)
  sink('one').exit(0, null)
  await parsed()
  expect(isHidden()).toBe(true)
  sink('one').data(encoded('$ '), () => undefined)
  await parsed()
  expect(isHidden()).toBe(false)
  sink('one').exit(0, null)
  showing.show('two')
  await parsed()
  expect(isHidden()).toBe(false)
})
