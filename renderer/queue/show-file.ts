/** The way from a file that the queue names to its lines in the review. */

import { flushSync } from 'react-dom'
import { arrange, shown } from '../state/panes.ts'
import { chooseSide, revealFile } from '../state/reviewed.ts'
import { select } from '../state/store.ts'

/** Shows a file in the diff of a session, by id. */
export function showFile(session: string, path: string): void {
  flushSync(() => {
    select(session)
    arrange((before) => shown(before, 'review'))
    chooseSide(session, 'branch')
  })
  revealFile(session, path)
}
