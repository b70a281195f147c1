/** Paints what was found onto the lines that are drawn, without touching them: the browser’s own highlights. */

import { placesIn, type Match, type Query } from './finding.ts'

const FOUND = 'diff-found'
const CURRENT = 'diff-found-current'

/** Goes into the style sheet of the lines. */
export const FOUND_STYLE = `
  ::highlight(${FOUND}) { background-color: var(--term-found); }
  ::highlight(${CURRENT}) { background-color: var(--term-found-current); color: var(--term-found-current-ink); }
`

/** The part of a line’s text, as the nodes have it. */
function rangeIn(line: Element, from: number, to: number): Range | null {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT)
  const range = new Range()
  let before = 0
  let started = false
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0
    if (!started && from < before + length) {
      range.setStart(node, from - before)
      started = true
    }
    if (started && to <= before + length) {
      range.setEnd(node, to - before)
      return range
    }
    before += length
  }
  return null
}

type Drawn = { readonly id: string; readonly element: HTMLElement }

/** Paints; with no query it takes all paint away. */
export function paintFound(drawn: readonly Drawn[], query: Query | null, current: Match | null): void {
  const [all, one] = [new Highlight(), new Highlight()]
  // What is on show is painted over what only was found.
  one.priority = 1
  if (query !== null && query.text !== '') {
    for (const { id, element } of drawn) {
      for (const line of element.shadowRoot?.querySelectorAll<HTMLElement>('[data-line]') ?? []) {
        const side = line.dataset['lineType'] === 'change-deletion' ? 'deletions' : 'additions'
        for (const from of placesIn(line.textContent ?? '', query)) {
          const range = rangeIn(line, from, from + query.text.length)
          if (range === null) continue
          const isOn =
            current?.id === id && current.from === from && current.side === side && line.dataset['line'] === String(current.line)
          ;(isOn ? one : all).add(range)
        }
      }
    }
  }
  CSS.highlights.set(FOUND, all)
  CSS.highlights.set(CURRENT, one)
}

export function clearFound(): void {
  CSS.highlights.delete(FOUND)
  CSS.highlights.delete(CURRENT)
}

/** Paints after lines were drawn, at most once a frame; whoever searches says how. */
export type Painter = { readonly schedule: () => void; readonly set: (paint: (() => void) | null) => void }

export function createPainter(): Painter {
  let paint: (() => void) | null = null
  let frame: number | null = null
  return {
    schedule() {
      if (paint === null || frame !== null) return
      frame = requestAnimationFrame(() => {
        frame = null
        paint?.()
      })
    },
    set(next) {
      paint = next
    },
  }
}
