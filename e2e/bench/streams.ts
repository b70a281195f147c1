/** What programs print, by the megabyte: plain text, coloured lines, a screen drawn again and again, other scripts. Always the same bytes. */

import { createRandom, type Random } from '../../electron/terminals/testing/random.ts'

export const STREAMS = ['ascii', 'sgr', 'tui', 'unicode'] as const
export type StreamName = (typeof STREAMS)[number]

const WORDS = 'session worktree target landing queue check commit review approve branch export const return function'.split(' ')
const SCRIPTS = ['日本語のテキスト', '한국어 문장', 'Ελληνικά', 'кириллица', '🙂🎉👍🏽', 'é ü ñ ç', '─│┌┐└┘├┤', 'हिन्दी', 'العربية']

function words(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.pick(WORDS)).join(' ')
}

const PIECES: Readonly<Record<StreamName, (random: Random, at: number) => string>> = {
  ascii: (random, at) => `${String(at).padStart(8)}  ${words(random, 4 + random.below(10))}\r\n`,
  sgr: (random) =>
    `${Array.from({ length: 8 }, () => `\x1b[${random.pick(['31', '1;32', '38;5;208', '48;2;20;40;60', '4'])}m${random.pick(WORDS)}\x1b[0m`).join(' ')}\r\n`,
  tui: (random, at) =>
    `\x1b[${1 + (at % 24)};${1 + random.below(40)}H\x1b[2m│\x1b[22m \x1b[38;5;${16 + random.below(200)}m${words(random, 3)}\x1b[39m\x1b[K`,
  unicode: (random) => `${Array.from({ length: 6 }, () => random.pick(SCRIPTS)).join(' ')} ${random.pick(WORDS)}\r\n`,
}

/** Gives at least so many bytes, ended at a line. */
export function streamOf(name: StreamName, bytes: number): Buffer {
  const random = createRandom(20261121)
  const parts: Buffer[] = []
  for (let [size, at] = [0, 0]; size < bytes; at += 1) {
    const part = Buffer.from(PIECES[name](random, at))
    parts.push(part)
    size += part.length
  }
  return Buffer.concat(parts)
}

/** So many lines of this width, filled to the edge. */
export function linesOf(count: number, width: number): Buffer {
  const random = createRandom(7)
  return Buffer.from(
    Array.from({ length: count }, () => `\x1b[3${1 + random.below(6)}m${words(random, 40).slice(0, width - 1)}\x1b[0m\r\n`).join(
      '',
    ),
  )
}
