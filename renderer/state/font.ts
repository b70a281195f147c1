/** The font of terminals, as the page writes it. Pure. */

import type { Settings } from '../../shared/model/settings.ts'

/** Names that are kinds of fonts, which lose their meaning in quotes. */
const KINDS = /^(?:monospace|ui-monospace|serif|sans-serif|system-ui|cursive|fantasy)$/u

/** Takes the name of a font, or several with commas between; gives a font family. What it lacks comes from the product's own. */
export function familyOf(font: Settings['terminalFont']): string {
  const names = (font ?? '')
    .split(',')
    .map((name) => name.replace(/["'\\\p{Cc}]/gu, '').trim())
    .filter((name) => name !== '')
    .map((name) => (KINDS.test(name) ? name : `"${name}"`))
  return [...names, 'var(--mono)'].join(', ')
}
