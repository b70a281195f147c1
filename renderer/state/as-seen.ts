/** Texts that a session wrote, as they may be shown: nothing in them is hidden, and one line stands for many. Pure. */

/** Characters that are not seen, or that make others stand elsewhere: what is approved must be what is read. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** A text of the session's own as it may be shown: nothing in it is hidden. */
export function asSeen(text: string): string {
  return text
    .replace(/\r\n/gu, '\n')
    .replace(UNSEEN, (sign) =>
      sign === '\n' || sign === '\t' ? sign : `\\u{${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`,
    )
}

/** The first line of a text that says something. */
export function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .map((line) => line.trim())
      .find((line) => line !== '') ?? ''
  )
}
