/** How the diff is coloured and laid out: themes, the style inside the library's own elements, and the one pool of workers. */

import type { FileDiffMetadata } from '@pierre/diffs'
import { getOrCreateWorkerPoolSingleton } from '@pierre/diffs/worker'
import type { CSSProperties } from 'react'
import { endsWithin } from './diff-items.ts'
import { FOUND_STYLE } from './finding-marks.ts'

/** Of the themes that come with the highlighter the two whose colours can be read on the tints of added and removed lines. */
export const THEME = { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } as const

/** What most of the first diffs are written in, loaded before the first of them; any other language comes with its first file. */
const LIKELY = ['typescript', 'tsx', 'json']

/** One pool for the life of the page: starting workers costs more than any diff. */
export const pool = getOrCreateWorkerPoolSingleton({
  poolOptions: {
    workerFactory: () => new Worker(new URL('./diff-worker.ts', import.meta.url), { type: 'module' }),
    poolSize: Math.min(3, Math.max(1, navigator.hardwareConcurrency - 1)),
  },
  // The JavaScript engine of the highlighter: the page may not compile WebAssembly.
  highlighterOptions: { preferredHighlighter: 'shiki-js', theme: THEME, langs: LIKELY },
})

/** Sizes that the library computes with must be the ones that the style sheet says. */
export const sizeOf = (token: string): number =>
  Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(token))

/** Inside the library's own shadow root: its surfaces and signs take our colours, its file headers our density. */
export const INSIDE = `
  :host {
    --diffs-light-bg: var(--surface);
    --diffs-dark-bg: var(--surface);
    --diffs-bg-context-override: var(--surface);
    --diffs-bg-context-gutter-override: var(--surface);
    --diffs-bg-separator-override: var(--sunken);
    --diffs-addition-color-override: var(--good);
    --diffs-deletion-color-override: var(--bad);
    --diffs-bg-addition-emphasis-override: var(--added-word);
    --diffs-bg-deletion-emphasis-override: var(--removed-word);
    --diffs-fg-number-override: var(--ink-3);
    --diffs-modified-color-override: var(--ink-3);
  }
  /* The light theme's comments, its one colour that is too faint where words changed. */
  [data-line] span[style*='66707b' i] {
    --diffs-token-light: var(--ink-2) !important;
  }
  [data-diffs-header] {
    min-height: var(--diff-header);
    height: var(--diff-header);
    padding: 0;
    border-bottom: var(--hairline) solid var(--line);
    background: var(--sunken);
    font-size: var(--text-sm);
  }
  [data-expand-button]:focus-visible {
    outline: var(--focus-width) solid var(--focus);
    outline-offset: calc(-1 * var(--focus-width));
  }
  ${FOUND_STYLE}
`

/** What the library lets a page set: its own variables, given our tokens. */
export const LOOK = {
  '--diffs-font-family': 'var(--code)',
  '--diffs-font-size': 'var(--text-sm)',
  '--diffs-line-height': 'var(--leading-code)',
  '--diffs-header-font-family': 'var(--font)',
} as CSSProperties

/** Lines that wrap never need a bar to scroll them by: its place goes to the gap under the file. */
export const WRAPPED = {
  ...LOOK,
  '--diffs-overflow-override': 'clip',
  '--diffs-scrollbar-gutter-override': '0rem',
} as CSSProperties

const DIRECTIONS = [
  ['data-expand-all-button', 'Show all lines between'],
  ['data-expand-up', 'Show lines below the change above'],
  ['data-expand-down', 'Show lines above the change below'],
  ['data-expand-both', 'Show lines between'],
] as const

/** What the library says under the last change while it has not loaded the file. */
const MAY_GO_ON = 'More unchanged context may be available'

/** The library's buttons have neither a name nor a place for the keyboard. */
export function nameButtons(element: HTMLElement, file: Pick<FileDiffMetadata, 'hunks'>): void {
  for (const separator of element.shadowRoot?.querySelectorAll('[data-separator-last]') ?? []) {
    const words = separator.querySelector('[data-unmodified-lines]')
    if (words === null || words.textContent !== MAY_GO_ON) continue
    const ends = endsWithin(file)
    words.textContent = ends ? 'The end of the file' : 'The file may go on here'
    const button = separator.querySelector('[data-expand-button]')
    // Its place stays: the words stand beside it.
    if (ends && button instanceof HTMLElement) button.style.visibility = 'hidden'
  }
  for (const button of element.shadowRoot?.querySelectorAll('[data-expand-button]:not([tabindex])') ?? []) {
    button.setAttribute('tabindex', '0')
    button.setAttribute('aria-label', DIRECTIONS.find(([sign]) => button.hasAttribute(sign))?.[1] ?? 'Show more lines')
  }
}
