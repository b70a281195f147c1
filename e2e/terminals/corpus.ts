/**
 * What a program can print to hurt whoever shows it: one corpus for the screens of the House, for the page and for the bench.
 * Generated, never kept: the largest is a gigabyte. Knows bytes only.
 */

export type Hostile = {
  readonly name: string
  /** Printed after an ordinary line; at most about `size` bytes at a time. */
  pieces(size: number): Generator<Uint8Array>
}

const ESC = '\x1b'
const encoder = new TextEncoder()

/** One text over and over, `times` times, in pieces of whole texts. */
function repeated(name: string, text: string, times: number, before = ''): Hostile {
  return {
    name,
    *pieces(size) {
      if (before !== '') yield encoder.encode(before)
      const one = encoder.encode(text)
      const atOnce = Math.max(1, Math.floor(size / one.length))
      const many = encoder.encode(text.repeat(Math.min(atOnce, times)))
      for (let left = times; left > 0; left -= atOnce) {
        yield left >= atOnce ? many : many.subarray(0, left * one.length)
      }
    },
  }
}

/** Once, in pieces of any size. */
function once(name: string, text: string): Hostile {
  return {
    name,
    *pieces(size) {
      const bytes = encoder.encode(text)
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    },
  }
}

const HUGE = 2_147_483_647
const TEN_MEGABYTES = 10_000_000
const MARK = '\u0301'
const FAMILY = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}\u200d'

/** CSI finals that xterm.js loops over once per count, and those that it bounds itself. */
const COUNTED = [
  'b',
  'S',
  'T',
  'L',
  'M',
  'I',
  'Z',
  '@',
  'P',
  'X',
  'A',
  'B',
  'C',
  'D',
  'E',
  'F',
  'G',
  'd',
  'a',
  'e',
  ' @',
  ' A',
  "'}",
  "'~",
]

export const CORPUS: readonly Hostile[] = [
  ...COUNTED.map((final) => once(`count of CSI ${final}`, `a${ESC}[${HUGE}${final}`)),
  ...['b', 'S', 'T', 'L', 'M', 'I', 'Z', '@', 'P'].map((final) =>
    repeated(`largest allowed CSI ${final} × 2,000`, `a${ESC}[1000${final}`, 2_000),
  ),
  once('margins and position out of range', `${ESC}[${HUGE};${HUGE}r${ESC}[${HUGE};${HUGE}H${ESC}[0;0r${ESC}[500;1r`),
  once('100,000 parameters', `${ESC}[${'1;'.repeat(100_000)}m`),
  once('100,000 sub-parameters', `${ESC}[38${':2'.repeat(100_000)}m`),
  once('a parameter of 100,000 digits', `${ESC}[${'9'.repeat(100_000)}b`),
  ...[']0;', ']8;;http://', ']52;c;', ']99999;', ']4;', ']1337;File=:', 'P', 'P+q', 'Pq', 'P$q', '_', '_G', '^', 'X'].map(
    (kind) => repeated(`10 MB of unfinished ESC ${kind}`, 'x'.repeat(1000), TEN_MEGABYTES / 1000, `${ESC}${kind}`),
  ),
  ...[']0;', 'Pq', '_G', 'P$q'].map((kind) =>
    repeated(`100,000 × ESC ${kind}`, `${ESC}${kind}${'x'.repeat(40)}${ESC}\\`, 100_000),
  ),
  repeated('sixel picture of 10 MB', '#0;2;0;0;0!65535~-', TEN_MEGABYTES / 18, `${ESC}P0;0;0q`),
  repeated('ended picture strings', `${ESC}_Ga=T,f=100,s=99999,v=99999;AAAA${ESC}\\`, 50_000),
  repeated('200,000 combining marks on one cell', MARK, 200_000, 'a'),
  repeated('50,000 people joined in one family', FAMILY, 12_500),
  repeated('100,000 jamos in one syllable', '\u1100', 100_000),
  repeated('100,000 flags', '\u{1f1e9}\u{1f1ea}', 100_000),
  once('repeating a grapheme of 64 code points', `a${MARK.repeat(63)}${ESC}[1000b`),
  repeated('repeating a grapheme of 64 code points × 200', `a${MARK.repeat(63)}${ESC}[1000b`, 200),
  repeated('alternate screen × 100,000', `${ESC}[?1049h${ESC}[?1049l`, 100_000),
  repeated('47 and 1047 × 100,000', `${ESC}[?47h${ESC}[?47l${ESC}[?1047h${ESC}[?1047l`, 50_000),
  repeated('synchronised output never ended', 'line of text\r\n', 20_000, `${ESC}[?2026h`),
  repeated('full reset × 100,000', `${ESC}c`, 100_000),
  repeated('full reset of a full screen', `${ESC}#8${ESC}c`, 5_000),
  repeated('soft reset × 100,000', `${ESC}[!p`, 100_000),
  repeated('screen of Es × 20,000', `${ESC}#8`, 20_000),
  repeated('erase the screen × 20,000', `${ESC}[2J`, 20_000),
  repeated('erase and keep × 20,000', `${ESC}[H${ESC}[J`, 20_000),
  repeated('erase the scrollback × 20,000', `x\r\n${ESC}[3J`, 20_000),
  repeated('erase selectively × 20,000', `${ESC}[?2J`, 20_000),
  repeated('132 columns × 20,000', `${ESC}[?3h${ESC}[?3l`, 20_000),
  repeated('insert and delete lines × 20,000', `${ESC}[H${ESC}[500L${ESC}[500M`, 20_000),
  repeated('insert mode × 2 MB', 'x', 2_000_000, `${ESC}[4h${ESC}[?7l`),
  repeated('reverse index × 500,000', `${ESC}M`, 500_000, `${ESC}[H`),
  repeated('a scroll region of two lines × 500,000', '\n', 500_000, `${ESC}[1;2r${ESC}[2;1H`),
  repeated('scrolling below a status line × 500,000', '\n', 500_000, `${ESC}[2;9999r${ESC}[9999;1H`),
  repeated('tabs × 1,000,000', '\t', 1_000_000),
  repeated('tab stops × 500,000', `${ESC}H${ESC}[3g`, 250_000),
  repeated('bells × 1,000,000', '\x07', 1_000_000),
  repeated('titles × 100,000', `${ESC}]0;title\u202e\x01 of the window\x07`, 100_000),
  repeated('pushed titles × 100,000', `${ESC}[22;0t`, 100_000, `${ESC}]0;${'x'.repeat(50_000)}\x07`),
  once('a title of 1 MB', `${ESC}]0;${'x'.repeat(1_000_000)}\x07`),
  repeated('colours × 50,000', `${ESC}]4;1;rgb:ff/00/00;2;rgb:00/ff/00\x07${ESC}]104\x07`, 50_000),
  once('one colour command of 1 MB', `${ESC}]4;${'1;?;'.repeat(250_000)}\x07`),
  repeated('links × 100,000', `${ESC}]8;;https://example.org/x\x07x${ESC}]8;;\x07`, 100_000),
  repeated('links of 10 kB', `${ESC}]8;;https://example.org/${'x'.repeat(10_000)}\x07x${ESC}]8;;\x07`, 1_000),
  repeated('a link never closed', 'x', 2_000_000, `${ESC}]8;;https://example.org/\x07`),
  repeated('a link on every line never closed', 'x\r\n', 300_000, `${ESC}]8;;https://example.org/\x07`),
  {
    name: 'line feeds below 20,000 links',
    *pieces(size) {
      yield* repeated('', `${ESC}]8;;https://example.org/x\x07x`, 20_000).pieces(size)
      yield* repeated('', '\n', 100_000).pieces(size)
    },
  },
  repeated('questions × 100,000', `${ESC}[6n${ESC}[c${ESC}[>c${ESC}[?2026$p`, 100_000),
  repeated('cursor styles × 200,000', `${ESC}[3 q${ESC}[?25l${ESC}[?25h`, 200_000),
  repeated('character sets × 300,000', `${ESC}(0${ESC}(B\x0e\x0f`, 300_000),
  repeated('broken UTF-8', '\ufffd', 1_000_000),
  repeated('NUL × 5 MB', '\0', 5_000_000),
  repeated('10 MB without a line break', 'x'.repeat(1000), 10_000),
  repeated('5 MB of wide signs without a line break', '漢'.repeat(300), 5_500),
]
