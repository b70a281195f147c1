/** What the desktop app gives its page beside the House: the few things of a desktop that a browser cannot do. */

/** `Dropped` is the page's `File`, which this side does not know. */
export type Desktop<Dropped> = {
  /** Asks the user for a folder in the system's own way; null when they chose none. */
  chooseFolder(): Promise<string | null>
  /** Where something that was dropped on the page lies; empty when it lies nowhere. */
  pathOf(dropped: Dropped): string
  /** The number on the app's icon; 0 is none. */
  setBadge(count: number): void
  /** Shows the window, also when it is minimized or behind others. */
  bringToFront(): void
}
