/**
 * What was typed into a terminal while its House could not be reached: printable text, kept to be looked at and sent on a click.
 * Pure; knows what xterm.js gives for a key or a paste, and that nothing of it may act by itself.
 */

/** More than this is not a sentence that somebody types while waiting. */
export const MOST_KEPT_BYTES = 4096

export type Kept = {
  readonly text: string
  /** There was more than is kept. */
  readonly full: boolean
}

export const NOTHING_KEPT: Kept = { text: '', full: false }

/** Keys such as arrows, answers of the terminal itself, and what stands around a paste. */
// oxlint-disable-next-line no-control-regex
const SEQUENCES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|O.|[\]P_^X][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.)?/gsu
/** What would end a line would also send it: a space says the same and does nothing. */
const BREAKS = /\r\n|[\r\n\t\u2028\u2029]/gu
/** Control characters, halves of characters, and what makes text read in another order than it is sent. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u
const ERASE = /[\u007f\u0008]/u // oxlint-disable-line no-control-regex

const encoder = new TextEncoder()
const graphemes = new Intl.Segmenter()

function withoutLast(text: string): string {
  const last = [...graphemes.segment(text)].at(-1)
  return last === undefined ? text : text.slice(0, last.index)
}

/** Takes what is kept and what the terminal would have sent now; gives what is kept then. */
export function keptAfter(before: Kept, data: string): Kept {
  const plain = data.replace(SEQUENCES, '')
  // A single key is a line break or a tab by purpose; in a paste they stand between words.
  const pasted = [...graphemes.segment(plain)].length > 1
  let { text, full } = before
  let bytes = encoder.encode(text).length
  for (const character of plain.replace(BREAKS, pasted ? ' ' : '')) {
    if (ERASE.test(character)) {
      text = withoutLast(text)
      bytes = encoder.encode(text).length
      full = false
    } else if (!UNPRINTABLE.test(character)) {
      const more = encoder.encode(character).length
      full ||= bytes + more > MOST_KEPT_BYTES
      // Nothing after the gap: what is sent must be what was typed, from its beginning.
      if (!full) {
        text += character
        bytes += more
      }
    }
  }
  return text === before.text && full === before.full ? before : { text, full }
}
