/** Keys as they stand on the keyboard: one small cap for each. */

import { Fragment } from 'react'
import styles from './Keys.module.css'

/** Draws keys that are pressed together. */
export function Keys({ signs }: { readonly signs: readonly string[] }) {
  return (
    <span className={styles['keys']}>
      {signs.map((sign, at) => (
        <Fragment key={sign}>
          {/* Read aloud they are apart. */}
          {at === 0 ? null : ' '}
          <kbd className={styles['key']}>{sign}</kbd>
        </Fragment>
      ))}
    </span>
  )
}
