/** What may be pasted into a program, and what is asked first. Pure. */

/** More, in bytes, is a mistake, or a file that should be named instead. The House holds a little more for a program that does not read. */
export const MOST_PASTED = 5_000_000

export type Paste = {
  /** As a keyboard would type it: line ends as Enter, no controls, nothing that could end a bracketed paste. */
  readonly text: string
  readonly lines: number
  /** Something was left out that is not seen but would have been a command to the program. */
  readonly cleaned: boolean
}

/** The marks around a bracketed paste, in both writings of their first byte. */
// oxlint-disable-next-line no-control-regex
const MARKS = /(?:\u001b\[|\u009b)20[01]~/gu
/** C0 but tab and line ends, DEL, C1. */
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu

/** Takes what the clipboard holds. */
export function pasteOf(clipboard: string): Paste {
  const lined = clipboard.replace(/\r\n|\n/gu, '\r')
  const text = lined.replace(MARKS, '').replace(CONTROLS, '')
  return { text, lines: (text.match(/\r(?=[^\r]|\r)/gu)?.length ?? 0) + 1, cleaned: text !== lined }
}

const megabytes = (bytes: number): string => `${(Math.ceil(bytes / 100_000) / 10).toLocaleString('en')} MB`

/** Why so much is not pasted at all, as a sentence; null where it may be. A part of it could be a command. */
export function refusalOf(clipboard: string): string | null {
  // What is much too long is not gone over.
  const bytes = clipboard.length > MOST_PASTED ? clipboard.length : new TextEncoder().encode(clipboard).length
  if (bytes <= MOST_PASTED) return null
  return `Nothing was pasted: ${megabytes(bytes)} are too much for a terminal, which takes ${megabytes(MOST_PASTED)} at once. Save them to a file and name the file.`
}

/** True where the program would act on more than the user may see: each line end is Enter to it, and what was hidden is now text. */
export function isRisky({ text, cleaned }: Paste, bracketed: boolean): boolean {
  return !bracketed && (text.includes('\r') || cleaned)
}

/** What is typed. */
export function typed({ text }: Paste, bracketed: boolean): string {
  return bracketed ? `\u001b[200~${text}\u001b[201~` : text
}
