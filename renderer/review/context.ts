/** Gets the lines around the changes of a file: all of it, once, when the first of them are asked for. */

import type { FileDiffLoadedFiles, FileDiffMetadata } from '@pierre/diffs'
import type { DiffOf } from '../../shared/model/diff.ts'
import { ask } from '../state/house.ts'
import { toast } from '../state/store.ts'

/** How many lines come at a time. */
export const LINES_AT_A_TIME = 20

/** Takes whose diff it is; gives what the view loads a file with. Rejects where there is none; that was said by then. */
export function contextOf(name: string, of: DiffOf): (file: FileDiffMetadata) => Promise<FileDiffLoadedFiles> {
  return async ({ name: path, prevName }) => {
    const answer = await ask('diff.whole', { name, of, path, ...(prevName === undefined ? {} : { oldPath: prevName }) })
    if (!answer.ok) {
      toast({ tone: 'failure', message: answer.failure.message })
      throw new Error(answer.failure.message)
    }
    const { from, to } = answer.value
    const newFile = { name: path, contents: to ?? '' }
    return from === null ? { oldFile: null, newFile } : { oldFile: { name: prevName ?? path, contents: from }, newFile }
  }
}
