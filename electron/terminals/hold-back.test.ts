import { describe, expect, it } from 'vitest'
import { createHoldBack, MAX_HELD_BYTES } from './hold-back.ts'
import { createRandom, randomChunks, randomStream } from './testing/random.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (some: Uint8Array): string => new TextDecoder().decode(some)

function heldAfter(...parts: readonly string[]): string {
  const stream = createHoldBack()
  for (const part of parts) stream.push(bytes(part))
  return text(stream.held())
}

describe('what is held back', () => {
  it.each([
    ['nothing after a line', ['line\r\n'], ''],
    ['the last character, because a mark may follow', ['word'], 'd'],
    ['a character and its marks', ['ae\u0301'], 'e\u0301'],
    ['nothing after a whole sequence', ['red\u001b[31m'], ''],
    ['a sequence that is not whole, with the character before it', ['x\u001b[3'], 'x\u001b[3'],
    ['a sequence cut in three', ['\n\u001b', '[', '31;4'], '\u001b[31;4'],
    ['a title without its end', ['\n\u001b]0;ti', 'tle'], '\u001b]0;title'],
    ['a title whose end is cut', ['\n\u001b]0;title\u001b'], '\u001b]0;title\u001b'],
    ['nothing after a title', ['\n\u001b]0;title\u001b', '\\'], ''],
    ['a sequence that began inside a string', ['\n\u001b]0;title\u001b', '[3'], '\u001b[3'],
    ['an 8-bit sequence', ['\n\u009b31'], '\u009b31'],
    ['nothing after an 8-bit sequence', ['\n\u009b31m'], ''],
    ['nothing after a cancelled sequence', ['\n\u001b[31\u0018'], ''],
    ['nothing after a designation that looks like a string', ['\n\u001b(P'], ''],
  ])('is %s', (_, parts, held) => {
    expect(heldAfter(...parts)).toBe(held)
  })

  it('is half a character until the other half comes', () => {
    const stream = createHoldBack()
    const [first, second] = [bytes('é').slice(0, 1), bytes('é').slice(1)]
    expect(stream.push(first)).toHaveLength(0)
    expect(stream.held()).toEqual(first)
    stream.push(second)
    expect(text(stream.held())).toBe('é')
  })

  it('never changes the stream, however it is cut', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const random = createRandom(seed)
      const all = randomStream(random, 60)
      const stream = createHoldBack()
      const out = randomChunks(random, all, 9).flatMap((chunk) => [...stream.push(chunk)])
      expect([...out, ...stream.held()]).toEqual([...all])
    }
  })

  it('is bounded, and says afterwards which kind of string is still open', () => {
    const stream = createHoldBack()
    stream.push(bytes(`\n\u001b]0;${'x'.repeat(MAX_HELD_BYTES)}`))
    expect(text(stream.held())).toBe('\u001b]99999;')
    stream.push(bytes('yyy\u0007z'))
    expect(text(stream.held())).toBe('z')
  })
})
