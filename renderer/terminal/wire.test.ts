/** Facts about the routing of terminal bytes. */

import { expect, test } from 'vitest'
import { decodeFrame, encodeFrame, MAX_INPUT_BYTES, type Frame } from '../../shared/frames.ts'
import { createWire, type Sink } from './wire.ts'

const text = (words: string): Uint8Array => new TextEncoder().encode(words)

function given() {
  const sent: Frame[] = []
  const shown: string[] = []
  const parsed: (() => void)[] = []
  const read = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
  const sink: Sink = {
    screen: (cols, rows, bytes) => void shown.push(`screen ${cols}×${rows} ${read(bytes)}`),
    data: (bytes, done) => {
      shown.push(`data ${read(bytes)}`)
      parsed.push(done)
    },
    size: (cols, rows, answers) => void shown.push(`size ${cols}×${rows}${answers ? ' answers' : ''}`),
    exit: (code, signal) => void shown.push(`exit ${code} ${signal}`),
  }
  const wire = createWire((frame) => {
    const decoded = decodeFrame(frame)
    if (decoded !== null) sent.push(decoded)
  })
  const take = (frame: Frame): void => wire.take(encodeFrame(frame))
  return { wire, sink, sent, shown, parsed, take }
}

const SCREEN: Frame = { kind: 'screen', terminal: 's1', cols: 80, rows: 24, bytes: text('$ ') }

test('a terminal on show attaches with its size, gets its screen, then its bytes', () => {
  const { wire, sink, sent, shown, take } = given()
  wire.show('s1', 80, 24, sink)
  take(SCREEN)
  take({ kind: 'data', terminal: 's1', bytes: text('ls') })
  take({ kind: 'exit', terminal: 's1', code: 1, signal: null })
  expect(sent).toEqual([{ kind: 'attach', terminal: 's1', cols: 80, rows: 24 }])
  expect(shown).toEqual(['screen 80×24 $ ', 'data ls', 'exit 1 null'])
})

test('bytes are acknowledged only once they were parsed, what was parsed in one go together', async () => {
  const { wire, sink, sent, parsed, take } = given()
  wire.show('s1', 80, 24, sink)
  take(SCREEN)
  for (const bytes of [text('12345'), text('678')]) take({ kind: 'data', terminal: 's1', bytes })
  await Promise.resolve()
  expect(sent.filter((frame) => frame.kind === 'ack')).toEqual([])
  for (const done of parsed) done()
  await Promise.resolve()
  expect(sent.filter((frame) => frame.kind === 'ack')).toEqual([{ kind: 'ack', terminal: 's1', count: 8 }])
})

test('a long go of the parser is acknowledged meanwhile', () => {
  const { wire, sink, sent, parsed, take } = given()
  wire.show('s1', 80, 24, sink)
  take(SCREEN)
  for (let frame = 0; frame < 4; frame += 1) take({ kind: 'data', terminal: 's1', bytes: new Uint8Array(32 * 1024) })
  for (const done of parsed) done()
  const counts = sent.flatMap((frame) => (frame.kind === 'ack' ? [frame.count] : []))
  expect(counts).toEqual([64 * 1024, 64 * 1024])
})

test('bytes of an earlier attachment, of other terminals and of no frame are dropped', () => {
  const { wire, sink, shown, take } = given()
  wire.show('s1', 80, 24, sink)
  take({ kind: 'data', terminal: 's1', bytes: text('too early') })
  take({ kind: 'exit', terminal: 's1', code: 0, signal: null })
  take({ ...SCREEN, terminal: 's2' })
  wire.take(text('not a frame'))
  expect(shown).toEqual([])
})

test('after a reconnection the terminal attaches again with its last size, and old parses acknowledge nothing', async () => {
  const { wire, sink, sent, parsed, take } = given()
  const line = wire.show('s1', 80, 24, sink)
  take(SCREEN)
  line.resize(100, 30)
  take({ kind: 'data', terminal: 's1', bytes: text('old') })
  wire.reopen()
  parsed[0]?.()
  await Promise.resolve()
  expect(sent.map((frame) => frame.kind)).toEqual(['attach', 'resize', 'attach'])
  expect(sent.at(-1)).toMatchObject({ cols: 100, rows: 30 })
})

test('a screen that did not come is asked for again, one that came is not', () => {
  const { wire, sink, sent, take } = given()
  wire.show('s1', 80, 24, sink)
  wire.nudge()
  take(SCREEN)
  wire.nudge()
  expect(sent.map((frame) => frame.kind)).toEqual(['attach', 'attach'])
})

test('the same size is sent once, and a size stays within what a frame may say', () => {
  const { wire, sink, sent } = given()
  const line = wire.show('s1', 80, 24, sink)
  line.resize(80, 24)
  line.resize(5000, 0)
  line.resize(1000, 1)
  expect(sent.filter((frame) => frame.kind === 'resize')).toEqual([{ kind: 'resize', terminal: 's1', cols: 1000, rows: 1 }])
})

test('a large paste goes as several frames that join to the same bytes', () => {
  const { wire, sink, sent } = given()
  const line = wire.show('s1', 80, 24, sink)
  const paste = new Uint8Array(MAX_INPUT_BYTES * 2 + 10).map((_, index) => index % 251)
  line.input(paste)
  const parts = sent.flatMap((frame) => (frame.kind === 'input' ? [frame.bytes] : []))
  expect(parts.map((part) => part.length)).toEqual([MAX_INPUT_BYTES, MAX_INPUT_BYTES, 10])
  expect(parts.at(-1)).toEqual(paste.subarray(MAX_INPUT_BYTES * 2))
})

test('a closed line says and hears nothing more, also when the terminal is shown again', () => {
  const { wire, sink, sent, take, shown } = given()
  const first = wire.show('s1', 80, 24, sink)
  first.close()
  take(SCREEN)
  expect(shown).toEqual([])
  wire.show('s1', 90, 20, sink)
  first.input(text('x'))
  first.close()
  expect(sent.map((frame) => frame.kind)).toEqual(['attach', 'detach', 'attach'])
})

test('a window that is looked at again claims its size, although it did not change', () => {
  const { wire, sink, sent } = given()
  wire.show('s1', 80, 24, sink)
  wire.show('s2', 100, 30, sink).close()
  wire.claim()
  expect(sent.at(-1)).toEqual({ kind: 'claim', terminal: 's1', cols: 80, rows: 24 })
  expect(sent.filter((frame) => frame.kind === 'claim')).toHaveLength(1)
})
