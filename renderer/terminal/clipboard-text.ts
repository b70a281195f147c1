/** What a program wants in the clipboard, as OSC 52 writes it. Pure. */

/** A program that copies more has no reader in mind. */
export const MOST_COPIED = 100_000

/** Takes what stands behind “52;”; gives the text, or null for a question, for too much and for what is no text. */
export function clipboardText(data: string): string | null {
  const parts = /^[cpqs0-7]{0,16};([A-Za-z0-9+/]*={0,2})$/u.exec(data)
  const encoded = parts?.[1]
  // Empty would clear it: that is not what anybody misses.
  if (encoded === undefined || encoded === '' || encoded.length > (MOST_COPIED * 4) / 3 + 4) return null
  try {
    const bytes = Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0))
    return bytes.length > MOST_COPIED ? null : new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
