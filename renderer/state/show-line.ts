/** The way from a place in a file to its line in the review. */

import { flushSync } from 'react-dom'
import type { DiffOf } from '../../shared/model/diff.ts'
import { arrange, shown } from './panes.ts'
import { chooseSide, revealFile } from './reviewed.ts'
import { select } from './store.ts'

/** Shows a file in the diff of a session, by id, at a line where one is given. */
export function showLine(session: string, of: DiffOf, path: string, line: number | null): void {
  flushSync(() => {
    select(session)
    arrange((before) => shown(before, 'review'))
    chooseSide(session, of)
  })
  revealFile(session, path, line)
}
