/** One xterm.js, which shows any terminal at any place of the page. Owns its size, its keys and its colours; knows no sessions. */

import { FitAddon } from '@xterm/addon-fit'
import { followBearing, type BearingNow } from './bearing.ts'
import { copyOnSelect, copySelection } from './copying.ts'
import { resizeExactly } from '../../shared/model/resizing.ts'
import { tellApart } from './answers.ts'
import { createDrawing, fontAt, measureAgain, type Drawing } from './drawing.ts'
import { createTerminal } from './emulator.ts'
import { createFinder, type Finder } from './finder.ts'
import { findColoursAt, paletteAt } from './palette.ts'
import type { Line, Wire } from './wire.ts'

/**
 * ESC c, in the stream, so that nothing written before can come after it; then a space. Without it the WebGL renderer of xterm.js
 * 6.0.0 keeps the backgrounds of what stood there: after a reset it compares with nothing, and nothing looks unchanged to it.
 */
const FULL_RESET = '\u001bc \r'
/** Takes the space back, in the same drawing: a screen that comes is to be exactly what the House has. */
const ERASE = '\u001b[K'

export type Exit = { readonly code: number | null; readonly signal: number | string | null }

/** Who a screen tells what, as long as it is on the page. */
export type Told = {
  /** True for a press that is not the terminal's: it leads out. */
  leaves(event: KeyboardEvent): boolean
  onLeave(): void
  /** What a press asks of the screen itself, such as finding; null for one that is the program's. */
  asks(event: KeyboardEvent): (() => void) | null
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
  /** Takes the settings that are about what it keeps and copies. */
  heed(settings: { readonly scrollback: number; readonly copyOnSelect: boolean }): void
  readonly finder: Finder
  readonly bearing: BearingNow
  hasSelection(): boolean
  /** Copies what is selected; false when nothing is, or copying is not allowed. */
  copy(): Promise<boolean>
  /** Pastes as a key would. */
  paste(text: string): void
  selectAll(): void
  /** Forgets what is above the screen, in this window; the screen itself is the program's. */
  clear(): void
  toBottom(): void
  /** Types for the user, who asked for it. */
  type(text: string): void
  focus(): void
}

/** Smaller is no place yet, or one in which nobody reads. */
const LEAST = { cols: 10, rows: 2 }

const ON_WINDOWS = /windows/iu.test(navigator.userAgent)

const NOBODY: Told = {
  leaves: () => false,
  onLeave: () => undefined,
  asks: () => null,
  onExit: () => undefined,
  onTyped: () => undefined,
}

/** Makes a screen; it draws nothing until it is put somewhere. */
export function createScreen(wire: Wire): Screen {
  const host = document.createElement('div')
  const terminal = createTerminal(host)
  const fit = new FitAddon()
  terminal.loadAddon(fit)
  // With it the mouse selects although the program has it; elsewhere Shift does.
  terminal.options.macOptionClickForcesSelection = true
  const bearing = followBearing(terminal, host)
  const finder = createFinder(terminal, () => findColoursAt(host))
  let drawing: Drawing | null = null
  let copying = false
  copyOnSelect(terminal, host, () => copying)

  /** As in Visual Studio Code: on Windows Ctrl+C copies what is selected, and interrupts when nothing is. Elsewhere it always interrupts. */
  const copyKey = (event: KeyboardEvent): (() => void) | null =>
    ON_WINDOWS && event.ctrlKey && !event.shiftKey && !event.altKey && event.code === 'KeyC' && terminal.hasSelection()
      ? () => void copySelection(terminal).then(() => terminal.clearSelection())
      : null

  let told = NOBODY
  /** Where keys go, and answers of the terminal itself. */
  let line: Line | null = null
  /** Where they will go as soon as the last terminal's bytes have been parsed. */
  let next: Line | null = null
  let turns = 0
  let ended = false
  let held = false
  /** The House says how large the terminal is, once its screen has come. */
  let sized = false
  /** Of several windows one answers what a program asks of its terminal. */
  let answers = false
  const encoder = new TextEncoder()
  const setEnded = (exit: Exit | null): void => {
    ended = exit !== null
    told.onExit(exit)
  }

  terminal.attachCustomKeyEventHandler((event) => {
    const asked = told.leaves(event) ? told.onLeave : (copyKey(event) ?? told.asks(event))
    if (asked !== null && event.type === 'keydown') {
      event.preventDefault()
      asked()
    }
    return asked === null
  })
  tellApart(terminal, (data, as) => {
    if (as === 'typed' && held) return ended ? undefined : told.onTyped(data)
    if (held) return
    if (as === 'typed') line?.input(encoder.encode(data))
    else if (as === 'focus' || answers) line?.answer(encoder.encode(data))
  })
  terminal.onBinary((data) => {
    if (!held) line?.input(Uint8Array.from(data, (character) => character.charCodeAt(0)))
  })

  // Only what the place on the page asks for goes to the House: a screen that comes has the size that the House has.
  const fitNow = (): void => {
    if (host.clientWidth === 0 || host.clientHeight === 0) return
    const place = fit.proposeDimensions()
    // Panes that come back are a sliver for a moment: no program is told of that.
    if (place === undefined || !(place.cols >= LEAST.cols && place.rows >= LEAST.rows)) return
    if (!sized) terminal.resize(place.cols, place.rows)
    ;(line ?? next)?.resize(place.cols, place.rows)
    // Another window sizes it: what does not fit in here is scrolled to.
    host.style.overflow = terminal.cols > place.cols || terminal.rows > place.rows ? 'auto' : ''
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
    finder.restyle()
    fitNow()
  }
  document.fonts.addEventListener('loadingdone', () => {
    if (terminal.element === undefined || !host.isConnected) return
    measureAgain(terminal)
    fitNow()
  })

  const show = (id: string | null): void => {
    ;(line ?? next)?.close()
    line = null
    next = null
    setEnded(null)
    sized = false
    // What the last terminal asked is still being parsed: its answers must not be typed into the next one.
    const turn = (turns += 1)
    terminal.write(FULL_RESET, () => {
      answers = false
      if (turn === turns && next !== null) line = next
    })
    if (id === null) return
    fitNow()
    next = wire.show(id, terminal.cols, terminal.rows, {
      screen: (cols, rows, bytes) => {
        setEnded(null)
        sized = true
        // The screen was drawn at the size it names, for a terminal in which nothing was left before.
        terminal.write('', () => {
          answers = false
          resizeExactly(terminal, cols, rows)
        })
        terminal.write(FULL_RESET + ERASE)
        terminal.write(bytes, fitNow)
      },
      size: (cols, rows, answering) =>
        terminal.write('', () => {
          resizeExactly(terminal, cols, rows)
          answers = answering
          fitNow()
        }),
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
        drawing = createDrawing(terminal, host, fitNow)
        terminal.textarea?.setAttribute('aria-label', 'Terminal input')
      }
      drawing?.begin()
      restyle()
      observer.observe(host)
    },
    unmount() {
      told = NOBODY
      cancelAnimationFrame(frame)
      observer.disconnect()
      drawing?.rest()
      finder.close()
      show(null)
      host.remove()
    },
    show,
    hold: (away) => void (held = away),
    restyle,
    reach: (by) => void (terminal.textarea && (terminal.textarea.tabIndex = by ? 0 : -1)),
    heed(settings) {
      copying = settings.copyOnSelect
      if (terminal.options.scrollback !== settings.scrollback) terminal.options.scrollback = settings.scrollback
    },
    finder,
    bearing,
    hasSelection: () => terminal.hasSelection(),
    copy: () => copySelection(terminal),
    paste: (text) => terminal.paste(text),
    selectAll: () => terminal.selectAll(),
    clear() {
      const { scrollback } = terminal.options
      terminal.options.scrollback = 0
      if (scrollback !== undefined) terminal.options.scrollback = scrollback
    },
    toBottom: () => terminal.scrollToBottom(),
    type: (text) => terminal.input(text, true),
    focus: () => terminal.focus(),
  }
}
