/** One xterm.js, which shows any terminal at any place of the page. Owns its size, its keys and its colours; knows no sessions. */

import { FitAddon } from '@xterm/addon-fit'
import { followBearing, type BearingNow } from './bearing.ts'
import { copies, copyOnSelect, copySelection } from './copying.ts'
import { tellApart } from './answers.ts'
import { createDrawing, fontAt, measureAgain, type Drawing } from './drawing.ts'
import { createTerminal } from './emulator.ts'
import { createFinder, type Finder } from './finder.ts'
import { paceDrawing } from './pace-drawing.ts'
import { findColoursAt, paletteAt } from './palette.ts'
import { clearAbove, keepLines } from './scrollback.ts'
import { createSharing, type Sharing } from './sharing.ts'
import { createShowing, type Exit } from './showing.ts'
import type { Wire } from './wire.ts'

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
  /** The terminal it shows, by id. */
  shown(): string | null
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
  readonly sharing: Sharing
  /** Of several windows this one sizes it from now on. */
  claim(): void
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
  const sharing = createSharing()
  const claim = (): void => {
    if (sharing.now()) showing.claim()
  }
  host.addEventListener('pointerdown', claim, { capture: true })
  const finder = createFinder(terminal, () => findColoursAt(host))
  let drawing: Drawing | null = null
  let copying = false
  copyOnSelect(terminal, host, () => copying)

  const copyKey = (event: KeyboardEvent): (() => void) | null =>
    terminal.hasSelection() && copies(event, ON_WINDOWS)
      ? () => void copySelection(terminal).then((copied) => copied && terminal.clearSelection())
      : null

  let told = NOBODY
  let held = false
  terminal.attachCustomKeyEventHandler((event) => {
    const asked = told.leaves(event) ? told.onLeave : (copyKey(event) ?? told.asks(event))
    if (asked !== null && event.type === 'keydown') {
      event.preventDefault()
      asked()
    }
    return asked === null
  })
  tellApart(terminal, (data, as) => {
    if (as === 'typed' && held) return showing.isEnded() ? undefined : told.onTyped(data)
    if (held) return
    if (as === 'typed') {
      claim()
      showing.type(data)
    } else showing.answer(data, as === 'focus')
  })
  terminal.onBinary((data) => {
    if (!held) showing.press(data)
  })

  // Only what the place on the page asks for goes to the House: a screen that comes has the size that the House has.
  const fitNow = (): void => {
    if (host.clientWidth === 0 || host.clientHeight === 0) return
    const place = fit.proposeDimensions()
    // Panes that come back are a sliver for a moment: no program is told of that.
    if (place === undefined || !(place.cols >= LEAST.cols && place.rows >= LEAST.rows)) return
    showing.place(place.cols, place.rows)
    // Another window sizes it: what does not fit in here is scrolled to.
    host.style.overflow = terminal.cols > place.cols || terminal.rows > place.rows ? 'auto' : ''
    // One that has ended gets no other size.
    sharing.set(!showing.isEnded() && (terminal.cols !== place.cols || terminal.rows !== place.rows))
  }
  const showing = createShowing(terminal, wire, {
    onExit(exit) {
      told.onExit(exit)
      fitNow()
    },
    onSize: fitNow,
  })
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

  return {
    mount(element, whom) {
      told = whom
      element.append(host)
      if (terminal.element === undefined) {
        Object.assign(terminal.options, fontAt(host), { theme: paletteAt(host) })
        terminal.open(host)
        paceDrawing(terminal)
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
      showing.show(null)
      host.remove()
    },
    show(id) {
      bearing.forget()
      showing.show(id)
    },
    shown: showing.shown,
    hold: (away) => void (held = away),
    restyle,
    reach: (by) => void (terminal.textarea && (terminal.textarea.tabIndex = by ? 0 : -1)),
    heed(settings) {
      copying = settings.copyOnSelect
      keepLines(terminal, settings.scrollback)
    },
    finder,
    bearing,
    sharing,
    claim,
    hasSelection: () => terminal.hasSelection(),
    copy: () => copySelection(terminal),
    paste: (text) => terminal.paste(text),
    selectAll: () => terminal.selectAll(),
    clear: () => clearAbove(terminal),
    toBottom: () => terminal.scrollToBottom(),
    type: (text) => terminal.input(text, true),
    focus: () => terminal.focus(),
  }
}
