/** What the desktop app gives the page beside the House. Knows nothing of Electron. */

import type { Desktop } from '../../shared/desktop.ts'

declare global {
  // A global can only be widened by an interface.
  interface Window {
    readonly sluiceDesktop?: Desktop<File>
  }
}

/** Gives what the desktop app offers, or null in a browser. */
export function desktop(): Desktop<File> | null {
  return window.sluiceDesktop ?? null
}
