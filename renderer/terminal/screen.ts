/** One xterm.js on the page that shows whichever session is selected. Owns its size, its keys and its colours; knows no sessions. */

import { FitAddon } from '@xterm/addon-fit'
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { WebglAddon } from '@xterm/addon-webgl'
import { Terminal } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import { guardCounts } from '../../shared/model/csi-guard.ts'
import { openLink, webAddress } from './links.ts'
import { paletteAt } from './palette.ts'
import type { Line, Wire } from './wire.ts'

/** ESC c, in the stream, so that nothing written before can come after it. */
const FULL_RESET = '\u001bc'

export type ScreenOptions = {
  readonly element: HTMLElement
  readonly wire: Wire
  /** The one chord that is not the terminal's: leave it. */
  readonly onLeave: () => void
  readonly onExit: (exit: { readonly code: number | null; readonly signal: number | null } | null) => void
}

export type Screen = {
  /** Shows another terminal, or none. */
  show(terminal: string | null): void
  /** Takes the colours of the theme that is on now. */
  recolour(): void
  focus(): void
  dispose(): void
}

function font(element: HTMLElement): { readonly fontFamily: string; readonly fontSize: number } {
  const style = getComputedStyle(element)
  return { fontFamily: style.fontFamily, fontSize: Number.parseFloat(style.fontSize) }
}

function useGpu(terminal: Terminal): void {
  try {
    const addon = new WebglAddon()
    addon.onContextLoss(() => addon.dispose())
    terminal.loadAddon(addon)
  } catch {
    // Without a graphics context xterm.js draws with elements, only slower.
  }
}

/** Puts a terminal into the element. */
export function createScreen({ element, wire, onLeave, onExit }: ScreenOptions): Screen {
  const terminal = new Terminal({
    ...font(element),
    allowProposedApi: true,
    cursorBlink: false,
    cursorInactiveStyle: 'outline',
    lineHeight: 1.2,
    scrollback: 10_000,
    theme: paletteAt(element),
    macOptionIsMeta: true,
    // A program that was told of another background must stay readable on ours; colours that are readable stay as they are.
    minimumContrastRatio: 4.5,
    linkHandler: {
      activate: (event, text) => openLink(event, text),
      hover: (_event, text) => (element.title = webAddress(text) === null ? '' : `${text}  (Ctrl or Cmd and click opens it)`),
      leave: () => (element.title = ''),
    },
  })
  guardCounts(terminal)
  const fit = new FitAddon()
  terminal.loadAddon(fit)
  terminal.loadAddon(new UnicodeGraphemesAddon())
  terminal.loadAddon(new WebLinksAddon(openLink))
  terminal.open(element)
  useGpu(terminal)
  terminal.textarea?.setAttribute('aria-label', 'Terminal input')

  /** Where keys go, and answers of the terminal itself. */
  let line: Line | null = null
  /** Where they will go as soon as the last terminal's bytes have been parsed. */
  let next: Line | null = null
  let turns = 0
  let ended = false
  const encoder = new TextEncoder()
  const setEnded = (exit: { code: number | null; signal: number | null } | null): void => {
    ended = exit !== null
    onExit(exit)
  }

  terminal.attachCustomKeyEventHandler((event) => {
    const chord = event.code === 'Space' && event.shiftKey && (event.ctrlKey || event.metaKey)
    if (chord && event.type === 'keydown') {
      event.preventDefault()
      onLeave()
    }
    return !chord
  })
  terminal.onData((data) => line?.input(encoder.encode(data)))
  terminal.onBinary((data) => line?.input(Uint8Array.from(data, (character) => character.charCodeAt(0))))
  terminal.onResize(({ cols, rows }) => line?.resize(cols, rows))

  const fitNow = (): void => {
    if (element.clientWidth > 0 && element.clientHeight > 0) fit.fit()
  }
  let frame = 0
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(fitNow)
  })
  observer.observe(element)
  fitNow()

  return {
    show(id) {
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
    },
    recolour() {
      terminal.options.theme = paletteAt(element)
    },
    focus: () => terminal.focus(),
    dispose() {
      cancelAnimationFrame(frame)
      observer.disconnect()
      ;(line ?? next)?.close()
      terminal.dispose()
    },
  }
}
