/** Output as programs write it, at random: text of many writings, colours, moves, screens. Every seed gives the same. */

/** A number from 0 to below `most`. */
export type Random = (most: number) => number

/** Mulberry32. */
export function randomOf(seed: number): Random {
  let state = seed
  return (most) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * most)
  }
}

const WORDS = [
  'hello',
  'src/app.ts:12',
  '漢字かな',
  'e\u0301',
  'Zürich',
  '👨‍👩‍👧‍👦',
  '👍🏽',
  '🇩🇪',
  'देवनागरी',
  '한국어',
  '│─┐',
  '\t',
  ' ',
  '   ',
]

const COMMANDS: readonly ((random: Random) => string)[] = [
  (random) => `\u001b[${random(108)}m`,
  (random) => `\u001b[38;2;${random(256)};${random(256)};${random(256)}m`,
  (random) => `\u001b[48;5;${random(256)}m`,
  (random) => `\u001b[${random(26)};${random(90)}H`,
  (random) => `\u001b[${random(12)}${'ABCDEFG'[random(7)]}`,
  (random) => `\u001b[${random(30)}${'@PXLMSTbIZ'[random(10)]}`,
  (random) => `\u001b[${random(4)}${'JK'[random(2)]}`,
  (random) => `\u001b[?${[7, 25, 1, 6, 2004, 1000, 1006, 1004, 2026][random(9)]}${'hl'[random(2)]}`,
  (random) => `\u001b[?${[47, 1047, 1049][random(3)]}${'hl'[random(2)]}`,
  (random) => `\u001b[${1 + random(10)};${12 + random(12)}r`,
  () => '\u001b7',
  () => '\u001b8',
  () => '\u001bM',
  () => '\u001b[4h',
  () => '\u001b[4l',
  () => '\u001b[!p',
  () => '\u001b#8',
  () => '\u001b[6n',
  () => '\u001b(0qqq\u001b(B',
  (random) => `\u001b]0;title ${random(10)}\u0007`,
  (random) => `\u001b]8;;https://example.org/${random(10)}\u001b\\link\u001b]8;;\u001b\\`,
  () => '\u001bP$qm\u001b\\',
  () => '\u001b_Gi=1;AAAA\u001b\\',
]

/** That many words and commands, one after another. */
export function ordinary(random: Random, length: number): string {
  let text = ''
  for (let at = 0; at < length; at += 1) {
    const kind = random(10)
    if (kind < 5) text += WORDS[random(WORDS.length)]
    else if (kind < 7) text += '\r\n'
    else text += COMMANDS[random(COMMANDS.length)]!(random)
  }
  return text
}

/** The bytes in pieces of any size, also inside sequences and signs. */
export function* shredded(random: Random, bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    const size = 1 + random(random(3) === 0 ? 2_000 : 12)
    yield bytes.subarray(at, at + size)
    at += size
  }
}
