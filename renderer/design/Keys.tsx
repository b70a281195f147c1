/** Keys as they stand on the keyboard: one small cap for each. */

import { Fragment } from 'react'
import { cx } from './cx.ts'
import styles from './Keys.module.css'

/** Draws keys that are pressed together; `plain` leaves the caps out where there are many. */
export function Keys({ signs, plain = false }: { readonly signs: readonly string[]; readonly plain?: boolean }) {
  return (
    <span className={cx(styles['keys'], plain && styles['plain'])}>
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
