/** A line in the font of the terminals, as it is now. */

import { familyOf } from '../state/font.ts'
import styles from './Settings.module.css'

/** Draws the line. */
export function Sample({ font, size }: { readonly font: string | null; readonly size: number }) {
  return (
    <p className={styles['sample']} style={{ fontFamily: familyOf(font), fontSize: size }} aria-hidden="true">
      const total = 0O1lI | {'=>'} ✓
    </p>
  )
}
