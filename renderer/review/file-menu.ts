/** What can be done with a file of the diff, and why some of it cannot. */

import type { DiffOf } from '../../shared/model/diff.ts'
import type { MenuGroups } from '../design/Menu.tsx'
import type { Part } from './diff-items.ts'

/** Why nothing of this side can be taken back in the worktree; null where it can. `hunk`: a part of a file. */
export function noDiscard(of: DiffOf, { file }: Part, blanks: boolean, hunk: boolean): string | null {
  if (of !== 'branch' && of !== 'uncommitted' && of !== 'unviewed')
    return 'Look at the branch, or at what is uncommitted, to discard something.'
  if (file === null) return 'Reload the diff first.'
  if (!hunk) return null
  if (!blanks) return 'Show changes of blanks first: as shown, it does not fit the file.'
  return file.binary ? 'There are no lines of it; discard the whole file.' : null
}

export type FileActs = {
  readonly comment: () => void
  readonly edit: () => void
  readonly copyPath: () => void
  readonly expand: (() => void) | null
  readonly discard: () => void
  readonly foldAll: () => void
  readonly unfoldAll: () => void
}

/** The menu of a file. */
export function fileMenu(part: Part, refused: string | null, acts: FileActs): MenuGroups {
  const gone = part.file?.status === 'deleted' ? 'It is deleted.' : null
  return [
    [
      { label: 'Comment on the file', onPick: acts.comment },
      { label: 'Open in the editor', refused: gone, onPick: acts.edit },
      { label: 'Copy the path', onPick: acts.copyPath },
      ...(acts.expand === null ? [] : [{ label: 'Show the whole file', onPick: acts.expand }]),
    ],
    [
      { label: 'Fold all files', onPick: acts.foldAll },
      { label: 'Unfold all files', onPick: acts.unfoldAll },
    ],
    [{ label: 'Discard all its changes…', refused, onPick: acts.discard }],
  ]
}
