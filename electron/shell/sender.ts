/** Who sent a message: asked of Electron in one way, for every channel. */

import { isOwnSender } from './policy.ts'

/** What is used of Electron's message event. */
export type FromPage = { readonly senderFrame: { readonly url: string; readonly parent: unknown } | null }

/** True for a message of our own page in a window's main frame. */
export function isOwnMessage(event: FromPage): boolean {
  try {
    const frame = event.senderFrame
    return isOwnSender(frame && { url: frame.url, isMainFrame: frame.parent === null })
  } catch {
    // Electron throws when the frame went away between the message and this look at it.
    return false
  }
}
