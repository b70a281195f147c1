/** How a prompt is typed into Claude Code so that it arrives as the user's own words. Pure. Source: measured with 2.1.329. */

import { fail, ok, type Result } from '../../shared/result.ts'

/** Longer bursts arrive wrapped as pasted content, which the model is told the user did not write. */
const PIECE_LENGTH = 80

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/u

/**
 * Takes a prompt; gives the pieces to type one after the other, or why it cannot be typed.
 * A line break inside the prompt is Ctrl+J; Enter is not among the pieces.
 */
export function typedPieces(prompt: string): Result<readonly string[], 'bad-prompt'> {
  const text = prompt.replaceAll('\r\n', '\n').trim()
  if (text === '') return fail('bad-prompt', 'The prompt is empty.')
  if ('/!#@'.includes(text[0]!)) {
    return fail(
      'bad-prompt',
      `A prompt cannot start with “${text[0]}”: Claude Code would read it as a command. Type it in the terminal instead.`,
    )
  }
  if (CONTROL.test(text)) return fail('bad-prompt', 'The prompt contains control characters; remove them and send it again.')
  const pieces: string[] = []
  for (const [index, line] of text.replaceAll('\t', '  ').split('\n').entries()) {
    if (index > 0) pieces.push('\n')
    const characters = [...line]
    for (let from = 0; from < characters.length; from += PIECE_LENGTH)
      pieces.push(characters.slice(from, from + PIECE_LENGTH).join(''))
  }
  return ok(pieces)
}

/** True when what Claude Code says it was given is what was typed. Trailing white space of lines is not kept by it. */
export function isSamePrompt(sent: string, received: string): boolean {
  const plain = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim()
  return plain(sent) === plain(received)
}
