/** A kept screen as plain text, for who reads it elsewhere. Pure; knows nothing of files. */

import { isKeepsake } from './saved-lines.ts'

/** Takes a keepsake; gives its lines without colours, and nothing where it is none. */
export function textOfKept(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes)
  if (text.includes('\ufffd') || !isKeepsake(text)) return ''
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/\x1b\[[\d;]*m/gu, '').replaceAll('\r\n', '\n')
}
