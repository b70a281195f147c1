/** One xterm.js, which shows any terminal at any place of the page. Owns its size, its keys and its colours; knows no sessions. */

import { FitAddon } from '@xterm/addon-fit'
import { fontAt, useGpu } from './drawing.ts'
import { createTerminal } from './emulator.ts'
import { paletteAt } from './palette.ts'
import type { Line, Wire } from './wire.ts'

/**
 * ESC c, in the stream, so that nothing written before can come after it; then a space. Without it the WebGL renderer of xterm.js
 * 6.0.0 keeps the backgrounds of what stood there: after a reset it compares with nothing, and nothing looks unchanged to it.
 */
const FULL_RESET = '\u001bc \r'

export type Exit = { readonly code: number | null; readonly signal: number | string | null }

/** Who a screen tells what, as long as it is on the page. */
export type Told = {
  /** True for a press that is not the terminal's: it leads out. */
  leaves(event: KeyboardEvent): boolean
  onLeave(): void
  onExit(exit: Exit | null): void
  /** What would have been sent, had the House been there. */
  onTyped(data: string): void
}

export type Screen = {
  /** Puts it into an element of the page, and takes the colours and the font that hold there. */
  mount(element: HTMLElement, told: Told): void
  /** Takes it off the page; it can be put somewhere else. */
  unmount(): void
  /** Shows another terminal, or none. */
  show(terminal: string | null): void
  /** While the House is away nothing is sent: `onTyped` is told. */
  hold(away: boolean): void
  /** Takes the colours and the font that hold now. */
  restyle(): void
  /** Whether Tab leads into it. Where several show, one is enough: it keeps every Tab. */
  reach(by: boolean): void
  /** Types for the user, who asked for it. */
  type(text: string): void
  focus(): void
}

const NOBODY: Told = { leaves: () => false, onLeave: () => undefined, onExit: () => undefined, onTyped: () => undefined }

/** Makes a screen; it draws nothing until it is put somewhere. */
export function createScreen(wire: Wire): Screen {
  const host = document.createElement('div')
  const terminal = createTerminal(host)
  const fit = new FitAddon()
  terminal.loadAddon(fit)

  let told = NOBODY
  /** Where keys go, and answers of the terminal itself. */
  let line: Line | null = null
  /** Where they will go as soon as the last terminal's bytes have been parsed. */
  let next: Line | null = null
  let turns = 0
  let ended = false
  let held = false
  const encoder = new TextEncoder()
  const setEnded = (exit: Exit | null): void => {
    ended = exit !== null
    told.onExit(exit)
  }

  terminal.attachCustomKeyEventHandler((event) => {
    const out = told.leaves(event)
    if (out && event.type === 'keydown') {
      event.preventDefault()
      told.onLeave()
    }
    return !out
  })
  terminal.onData((data) => {
    if (!held) line?.input(encoder.encode(data))
    else if (!ended) told.onTyped(data)
  })
  terminal.onBinary((data) => {
    if (!held) line?.input(Uint8Array.from(data, (character) => character.charCodeAt(0)))
  })

  // Only what the place on the page asks for goes to the House: a screen that comes has the size that the House has.
  const fitNow = (): void => {
    if (host.clientWidth === 0 || host.clientHeight === 0) return
    fit.fit()
    ;(line ?? next)?.resize(terminal.cols, terminal.rows)
  }
  let frame = 0
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(fitNow)
  })

  const restyle = (): void => {
    const { fontFamily, fontSize } = fontAt(host)
    // Each assignment draws everything anew: only what is another one.
    if (terminal.options.fontFamily !== fontFamily) terminal.options.fontFamily = fontFamily
    if (terminal.options.fontSize !== fontSize) terminal.options.fontSize = fontSize
    const theme = paletteAt(host)
    if (JSON.stringify(terminal.options.theme) !== JSON.stringify(theme)) terminal.options.theme = theme
    fitNow()
  }

  const show = (id: string | null): void => {
    ;(line ?? next)?.close()
    line = null
    next = null
    setEnded(null)
    // What the last terminal asked is still being parsed: its answers must not be typed into the next one.
    const turn = (turns += 1)
    terminal.write(FULL_RESET, () => {
      if (turn === turns && next !== null) line = next
    })
    if (id === null) return
    next = wire.show(id, terminal.cols, terminal.rows, {
      screen: (cols, rows, bytes) => {
        setEnded(null)
        // The screen was drawn at the size it names; it is fitted again once it stands.
        terminal.write(FULL_RESET, () => terminal.resize(cols, rows))
        terminal.write(bytes, fitNow)
      },
      data: (bytes, done) => {
        if (ended) setEnded(null)
        terminal.write(bytes, done)
      },
      exit: (code, signal) => terminal.write('', () => setEnded({ code, signal })),
    })
  }

  return {
    mount(element, whom) {
      told = whom
      element.append(host)
      if (terminal.element === undefined) {
        Object.assign(terminal.options, fontAt(host), { theme: paletteAt(host) })
        terminal.open(host)
        useGpu(terminal)
        terminal.textarea?.setAttribute('aria-label', 'Terminal input')
      }
      restyle()
      observer.observe(host)
    },
    unmount() {
      told = NOBODY
      cancelAnimationFrame(frame)
      observer.disconnect()
      show(null)
      host.remove()
    },
    show,
    hold: (away) => void (held = away),
    restyle,
    reach: (by) => void (terminal.textarea && (terminal.textarea.tabIndex = by ? 0 : -1)),
    type: (text) => terminal.input(text, true),
    focus: () => terminal.focus(),
  }
}
