/** How a prompt is typed into Claude Code so that it arrives as the user's own words. Pure. Source: measured with 2.1.329. */

import { fail, ok, type Result } from '../../shared/result.ts'

/** Longer bursts arrive wrapped as pasted content, which the model is told the user did not write. */
const PIECE_LENGTH = 80

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]/u
/** A line with one of these is never taken, and stays in the prompt line. */
const DIRECTION = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u
const LINE_BREAK = /\r\n|[\r\u0085\u2028\u2029]/gu
/** What cannot be seen is left out by Claude Code; what joins letters, chooses how they look or makes a flag stays. */
const UNSEEN =
  /(?!\p{Join_Control}|\p{Variation_Selector}|[\u{e0020}-\u{e007f}])[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu
/** Words that end Claude Code when they are all there is. */
const FAREWELLS: ReadonlySet<string> = new Set(['exit', 'quit', ':q', ':q!', ':wq', ':wq!'])

/**
 * The text as it arrives, byte for byte, but for what no typing can bring across: a tab is four spaces (as in a paste of the
 * user's; a typed one is swallowed), letters and their accents are composed (NFC), every kind of line break is a line feed,
 * what is unseen is left out, and so is white space at the very end. Blanks at the beginning and at the ends of lines arrive.
 */
export function asTyped(prompt: string): string {
  const plain = prompt.toWellFormed().replaceAll(LINE_BREAK, '\n').replaceAll('\t', '    ')
  return plain.normalize('NFC').replaceAll(UNSEEN, '').trimEnd()
}

/** Takes one line; gives pieces that are short enough, none of which ends within what a reader sees as one character. */
function pieces(line: string): readonly string[] {
  const all: string[] = []
  let piece = ''
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (piece !== '' && piece.length + segment.length > PIECE_LENGTH) {
      all.push(piece)
      piece = ''
    }
    piece += segment
  }
  return piece === '' ? all : [...all, piece]
}

/**
 * Takes a prompt; gives the pieces to type one after the other, or why it cannot be typed.
 * A line break inside the prompt is Ctrl+J; Enter is not among the pieces.
 */
export function typedPieces(prompt: string): Result<readonly string[], 'bad-prompt'> {
  const text = asTyped(prompt)
  const words = text.trim()
  const [first] = words
  if (first === undefined) return fail('bad-prompt', 'The prompt is empty.')
  if ('/!#@'.includes(first)) {
    return fail(
      'bad-prompt',
      `A prompt cannot start with “${first}”: Claude Code would read it as a command. Type it in the terminal instead.`,
    )
  }
  if (FAREWELLS.has(words)) {
    return fail('bad-prompt', `“${words}” alone would end Claude Code. Use “stop” for that, or say it in other words.`)
  }
  if (CONTROL.test(prompt)) return fail('bad-prompt', 'The prompt contains control characters; remove them and send it again.')
  if (DIRECTION.test(prompt)) {
    const message = 'The prompt contains hidden characters that turn the direction of text; remove them and send it again.'
    return fail('bad-prompt', message)
  }
  const lines = text.split('\n').flatMap((line, index) => [...(index > 0 ? ['\n'] : []), ...pieces(line)])
  // A backslash before Enter would be a line break, and a name that is just being completed would be chosen.
  return ok([...lines, ' '])
}

/** Claude Code marks what looks like the wrapping of a paste. */
const MARKED = /<\\(\/?pasted_content)/gu

/** True when what Claude Code says it was given is, to the byte, what was to arrive. */
export function isSamePrompt(sent: string, received: string): boolean {
  const plain = (text: string): string => asTyped(text).replaceAll(MARKED, '<$1')
  return plain(sent) === plain(received)
}
