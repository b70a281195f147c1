/** Facts about cutting what is written to a terminal. */

import { expect, test } from 'vitest'
import { BITE_BYTES, takeBites } from './bites.ts'

function bitten(): { readonly written: (string | Uint8Array)[]; write(data: string | Uint8Array, parsed?: () => void): void } {
  const written: (string | Uint8Array)[] = []
  const terminal = {
    written,
    write(data: string | Uint8Array, parsed?: () => void) {
      written.push(typeof data === 'string' ? data : Uint8Array.from(data))
      parsed?.()
    },
  }
  takeBites(terminal)
  return terminal
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (written: readonly (string | Uint8Array)[]): string => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  // Each on its own: a sign that was cut would not decode.
  return written.map((one) => (typeof one === 'string' ? one : decoder.decode(one))).join('')
}

test('nothing is lost, no bite is too large, and the end is told once', () => {
  const terminal = bitten()
  const long = 'a漢👩\u200d👧é'.repeat(5_000)
  let told = 0
  terminal.write(bytes(long), () => (told += 1))
  expect(text(terminal.written)).toBe(long)
  expect(Math.max(...terminal.written.map(({ length }) => length))).toBeLessThanOrEqual(BITE_BYTES)
  expect(told).toBe(1)
})

test('a sign that comes in parts is written whole, wherever it was cut', () => {
  const all = bytes('x\u200d漢👩é€')
  for (let first = 0; first <= all.length; first += 1) {
    for (let second = first; second <= all.length; second += 1) {
      const terminal = bitten()
      for (const part of [all.subarray(0, first), all.subarray(first, second), all.subarray(second)]) terminal.write(part)
      expect(text(terminal.written)).toBe('x\u200d漢👩é€')
    }
  }
})

test('what is no sign passes as it is, and before any text of our own', () => {
  const terminal = bitten()
  terminal.write(Uint8Array.of(0x61, 0xe2, 0x80))
  terminal.write('')
  terminal.write('reset')
  terminal.write(Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0xff))
  expect(terminal.written.filter(({ length }) => length > 0)).toEqual([
    Uint8Array.of(0x61),
    Uint8Array.of(0xe2, 0x80),
    'reset',
    Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0xff),
  ])
})
