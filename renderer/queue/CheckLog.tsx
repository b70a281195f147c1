/** The output of a check. Follows the end unless the user scrolled away from it. */

import { useEffect, useRef } from 'react'
import type { Entry } from '../../shared/model/queue.ts'
import styles from './QueuePane.module.css'
import { useLog } from './use-log.ts'

/** Within this many units of the end still counts as reading the end. */
const NEAR = 24

/** Draws the log of an entry. */
export function CheckLog({ entry }: { readonly entry: Entry }) {
  const text = useLog(entry)
  const element = useRef<HTMLPreElement>(null)
  const follows = useRef(true)
  useEffect(() => {
    const log = element.current
    if (log !== null && follows.current) log.scrollTop = log.scrollHeight
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [text])
  return (
    <pre
      ref={element}
      className={styles['log']}
      role="log"
      aria-label={`Check output of ${entry.session}`}
      // A scrolling region must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={(event) => {
        const { scrollHeight, scrollTop, clientHeight } = event.currentTarget
        follows.current = scrollHeight - scrollTop - clientHeight < NEAR
      }}
    >
      {text === '' ? 'No output yet.' : text}
    </pre>
  )
}
