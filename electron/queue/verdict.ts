/** What the end of a rebase, or of one that was tried, means for an entry. Pure. */

import type { Rebased } from '../git/rebase.ts'
import type { Why } from '../../shared/model/queue.ts'

/** Why an entry cannot land. */
export type Hindrance = { readonly why: Why; readonly message: string; readonly files: readonly string[] }

/** Takes how it ended, the name of the session and the target branch; null when the checks can run. */
export function verdictOf(done: Rebased, { name, branch }: { readonly name: string; readonly branch: string }): Hindrance | null {
  switch (done.kind) {
    case 'rebased':
    case 'up-to-date':
      return null
    case 'empty': {
      const message = `Everything in “${name}” is on the target already. There is nothing to land.`
      return { why: 'empty', message, files: [] }
    }
    case 'conflicts': {
      const where = done.files.length === 1 ? '1 file' : `${done.files.length} files`
      const message = `Clashes with what landed before it, in ${where}. ${branch} is untouched.`
      return { why: 'conflicts', message, files: done.files }
    }
    case 'failed':
      return { why: 'setup', message: done.message, files: [] }
  }
}
