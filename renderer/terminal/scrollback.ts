/** How many lines a terminal keeps above its screen, changed while it runs. */

type KeepingTerminal = { readonly options: { scrollback?: number }; scrollToBottom(): void }

/** Keeps so many from now on; the oldest go at once where there are more. */
export function keepLines(terminal: KeepingTerminal, lines: number): void {
  if (terminal.options.scrollback === lines) return
  // With nothing above it xterm.js would go on as if it were scrolled up, and what is printed next would not be seen.
  if (lines === 0) terminal.scrollToBottom()
  terminal.options.scrollback = lines
}

/** Forgets what is above the screen; the screen itself is the program's. */
export function clearAbove(terminal: KeepingTerminal): void {
  const { scrollback = 0 } = terminal.options
  keepLines(terminal, 0)
  keepLines(terminal, scrollback)
}
