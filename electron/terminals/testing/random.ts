/** Chance that repeats: the same seed gives the same test. */

export type Random = { below(limit: number): number; pick<Value>(values: readonly Value[]): Value }

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  /** mulberry32 */
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return { below, pick: (values) => values[below(values.length)]! }
}

/**
 * Mode 7 off has no wide characters: in the last column xterm.js 6.0.0 clears the one before the cursor where a chunk begins, and
 * only there, so that it draws them differently by how the stream is cut.
 */
const PIECES: readonly ((random: Random) => string)[] = [
  (random) => 'plain words and numbers 0123456789 '.slice(0, 1 + random.below(34)),
  (random) => random.pick(['é', '日本語', '한국어', '🙂', '🇩🇪🇫🇷', 'é', '👍🏽', '👩‍👩‍👧‍👦', '❤️', '─│┌┐', 'Ａ']),
  (random) => `\x1b[${random.pick(['0', '1', '4', '7', '31', '32;1', '48;5;27', '38;2;10;200;30', '4:3', '9', '3;53'])}m`,
  () => '\r\n',
  () => '\n',
  (random) => `\x1b[${1 + random.below(12)};${1 + random.below(50)}H`,
  (random) => `\x1b[${1 + random.below(6)}${random.pick(['A', 'B', 'C', 'D', 'G', 'd', 'X', 'P', '@', 'L', 'M', 'S', 'T', 'b'])}`,
  (random) => `\x1b[${random.pick(['J', '1J', '2J', '3J', 'K', '1K', '2K'])}`,
  (random) => `\x1b]${random.pick(['0', '2'])};a title with ünï ${random.below(99)}${random.pick(['\x07', '\x1b\\'])}`,
  () => '\x1b]8;;https://example.org/\x1b\\link\x1b]8;;\x1b\\',
  (random) => random.pick(['\x1b[?25l', '\x1b[?25h', '\x1b[?2004h', '\x1b[?1002h\x1b[?1006h', '\x1b[?1002l', '\x1b[?1h']),
  (random) => random.pick(['\x1b7', '\x1b8', '\x1b[s']),
  (random) =>
    random.pick(['\x1b(0', '\x1b(B', '\x1b[2 q', '\x1b[6 q', '\t', '\b', '\r', '\x1bM', '\x1bP$qm\x1b\\', '\x1b_app\x1b\\']),
  (random) => random.pick(['\x1b[?1049h', '\x1b[?1049l']),
  (random) => `\x1b[${1 + random.below(4)};${6 + random.below(6)}r`,
  () => '\x1b[r',
  (random) => `\x1b[?7l${'over the edge '.repeat(5).slice(0, 1 + random.below(70))}\x1b[?7h`,
  (random) => random.pick(['\u009b1m', '\u009b31m', '\u0085', '\u009d0;t\u009c']),
]

/** The first kinds of pieces: text, attributes and new lines. */
export const TEXT_KINDS = 5

/** A stream of so many pieces as programs write them: text, colours, cursor moves, modes, titles, the other screen. */
export function randomStream(random: Random, pieces: number, kinds: number = PIECES.length): Uint8Array {
  const from = PIECES.slice(0, kinds)
  return new TextEncoder().encode(Array.from({ length: pieces }, () => random.pick(from)(random)).join(''))
}

/** Cuts anywhere, also inside characters and escape sequences. */
export function randomChunks(random: Random, bytes: Uint8Array, longest: number): Uint8Array[] {
  const chunks: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + random.below(longest)
    chunks.push(bytes.slice(at, end))
    at = end
  }
  return chunks
}
