/** What a Claude Code that ended printed last, for who wants to know why. */

import { useEffect, useState } from 'react'
import { output } from '../state/actions.ts'
import { asSeen } from '../state/as-seen.ts'
import styles from './Terminals.module.css'

/** A screen is mostly empty where Claude Code keeps its prompt at the bottom. */
const closed = (text: string): string => text.trim().replaceAll(/\n\s*\n(?:\s*\n)+/gu, '\n\n')

/** Draws the lines once they are there; keyed by the end that they are of. */
export function LastOutput({ name }: { readonly name: string }) {
  const [text, setText] = useState<string | null>(null)
  useEffect(() => {
    let awaited = true
    void output(name).then((said) => {
      if (awaited) setText(said ?? '')
    })
    return () => {
      awaited = false
    }
  }, [name])
  return (
    // A scrolling region must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles['output']} aria-label={`Last output of ${name}`} aria-busy={text === null} tabIndex={0}>
      <div>{text === null ? '' : text.trim() === '' ? 'Nothing was kept of what it printed.' : asSeen(closed(text))}</div>
    </section>
  )
}
