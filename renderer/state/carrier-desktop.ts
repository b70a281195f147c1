/** The carrier of the desktop window: what the preload put there. Knows nothing of Electron. */

import type { Carrier } from '../../shared/client.ts'

declare global {
  // A global can only be widened by an interface.
  interface Window {
    readonly sluice?: Carrier
  }
}

/** Gives the desktop's carrier, or null in a browser. */
export function desktopCarrier(): Carrier | null {
  return window.sluice ?? null
}
