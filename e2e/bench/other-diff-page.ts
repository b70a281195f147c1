/** Runs in the page: the same diff by react-diff-view, whole and without colours, as the anchor of G17. */

import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { Diff, Hunk, parseDiff } from 'react-diff-view'

declare global {
  // A global can only be widened by an interface.
  interface Window {
    /** Takes a patch; gives the milliseconds until it is painted. */
    otherDiff?: (patch: string) => Promise<number>
  }
}

window.otherDiff = async (patch) => {
  const place = document.createElement('div')
  document.body.replaceChildren(place)
  const started = performance.now()
  const files = parseDiff(patch)
  const shown = files.map(({ newPath, type, hunks }) =>
    createElement(Diff, {
      key: newPath,
      viewType: 'unified',
      diffType: type,
      hunks,
      // Without JSX its type takes them here alone.
      // oxlint-disable-next-line react/no-children-prop
      children: (all) => all.map((hunk) => createElement(Hunk, { key: hunk.content, hunk })),
    }),
  )
  createRoot(place).render(shown)
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))
  while (place.querySelectorAll('table').length < files.length) await frame()
  // After this frame's own paint.
  await new Promise((resolve) => setTimeout(resolve))
  return performance.now() - started
}
