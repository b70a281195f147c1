/** How a terminal is drawn: its font, and the graphics processor as long as it is seen and gives a context. */

import { WebglAddon } from '@xterm/addon-webgl'
import type { Terminal } from '@xterm/xterm'
import { isSoftware, lossesAfter, NO_LOSSES } from './contexts.ts'

/** The font that holds where an element stands; the size is in CSS pixels. */
export function fontAt(element: HTMLElement): { readonly fontFamily: string; readonly fontSize: number } {
  const style = getComputedStyle(element)
  return { fontFamily: style.fontFamily, fontSize: Number.parseFloat(style.fontSize) }
}

/** Measures the font once more, after one has come that was not there: xterm.js does so only when the option is another one. */
export function measureAgain(terminal: Terminal): void {
  const { fontFamily } = terminal.options
  terminal.options.fontFamily = `${fontFamily ?? ''}, monospace`
  terminal.options.fontFamily = fontFamily ?? 'monospace'
  terminal.clearTextureAtlas()
}

let isFast = false

/** Whether a graphics processor draws. Where none does it is asked again: one may only have been lost. */
function hasFastContext(): boolean {
  const context = isFast ? null : document.createElement('canvas').getContext('webgl2')
  if (context === null) return isFast
  // Chromium 156 gives one in software also to who asks for none such (`failIfMajorPerformanceCaveat`): its name tells.
  const names = context.getExtension('WEBGL_debug_renderer_info')
  const name = [context.RENDERER, ...(names === null ? [] : [names.UNMASKED_RENDERER_WEBGL])].map((of) =>
    context.getParameter(of),
  )
  isFast = !isSoftware(name.join(' '))
  context.getExtension('WEBGL_lose_context')?.loseContext()
  return isFast
}

export type Drawing = {
  /** It is on the page: it may have a context. */
  begin(): void
  /** It is not: its context is given back after a while. */
  rest(): void
}

/** A glance elsewhere costs no new context; making one is felt. */
const KEPT = 30_000

/** Takes an opened terminal and its element. `changed`: it is drawn another way now, and its cells may have another size. */
export function createDrawing(terminal: Terminal, host: HTMLElement, changed: () => void): Drawing {
  let addon: WebglAddon | null = null
  let wanted = false
  let losses = NO_LOSSES
  let takenAt = 0
  let timer = 0

  const canvas = (): HTMLCanvasElement | null => host.querySelector('.xterm-screen > canvas:not(.xterm-link-layer)')

  /** Back to drawing with elements, all of it and at once. */
  const drop = (): void => {
    const context = addon === null ? null : canvas()?.getContext('webgl2')
    addon?.dispose()
    addon = null
    // Else the page gets it back only when its memory is tidied, and may have lost one in use by then.
    if (context?.isContextLost() === false) context.getExtension('WEBGL_lose_context')?.loseContext()
    terminal.refresh(0, terminal.rows - 1)
    changed()
  }

  const take = (): void => {
    if (addon !== null || !wanted || document.visibilityState === 'hidden' || !hasFastContext()) return
    const made = new WebglAddon()
    try {
      terminal.loadAddon(made)
      addon = made
      takenAt = performance.now()
      changed()
    } catch {
      // Without a graphics context xterm.js draws with elements, only slower.
    }
  }

  // xterm.js waits three seconds for the context to come back, and shows nothing meanwhile.
  host.addEventListener(
    'webglcontextlost',
    (event) => {
      if (addon === null || event.target !== canvas()) return
      event.stopPropagation()
      isFast = false
      losses = lossesAfter(losses, performance.now() - takenAt)
      drop()
      window.clearTimeout(timer)
      if (losses.again !== null) timer = window.setTimeout(take, losses.again)
    },
    { capture: true },
  )

  // In a hidden window nothing is drawn, and what it has it keeps: drawn otherwise its cells may be wider, and the program would be told.
  document.addEventListener('visibilitychange', take)

  return {
    begin() {
      wanted = true
      window.clearTimeout(timer)
      take()
    },
    rest() {
      wanted = false
      window.clearTimeout(timer)
      timer = window.setTimeout(() => addon !== null && drop(), KEPT)
    },
  }
}
