/** Places in files that a terminal shows, as links into the review. Reads the buffer; what is a place is for `paths.ts` to say. */

import type { IBufferLine, IBufferRange, ILink, ILinkProvider, Terminal } from '@xterm/xterm'
import type { Session } from '../../shared/model/session.ts'
import { asSeen } from '../state/as-seen.ts'
import { diffPaths } from '../state/diff-paths.ts'
import { showLine } from '../state/show-line.ts'
import { toast } from '../state/store.ts'
import type { Pointing } from './pointing.ts'
import { fileMeant, insideWorktree, mentionsIn, type Mention } from './paths.ts'

/** A longer line is looked at around the pointer only. */
const MOST_ROWS = 16

type Text = {
  readonly text: string
  /** Row and column, from 1, of a place in the text. */
  cellAt(at: number): { readonly x: number; readonly y: number }
}

function addRow(line: IBufferLine, y: number, whole: { text: string; readonly cells: { x: number; y: number }[] }): void {
  for (let x = 0; x < line.length; x += 1) {
    const cell = line.getCell(x)
    if (cell === undefined || cell.getWidth() === 0) continue
    const signs = cell.getChars() || ' '
    for (let at = 0; at < signs.length; at += 1) whole.cells.push({ x: x + cell.getWidth(), y })
    whole.text += signs
  }
}

/** The line that a row is part of, over its wraps. `row` is counted from 1. */
function lineAround({ buffer: { active } }: Terminal, row: number): Text {
  let first = row - 1
  while (first > 0 && row - first < MOST_ROWS && active.getLine(first)?.isWrapped === true) first -= 1
  const whole = { text: '', cells: [] as { x: number; y: number }[] }
  for (let at = first; at < first + 2 * MOST_ROWS; at += 1) {
    const line = active.getLine(at)
    if (line === undefined || (at > first && !line.isWrapped)) break
    addRow(line, at + 1, whole)
  }
  return { text: whole.text, cellAt: (at) => whole.cells[at] ?? { x: 1, y: row } }
}

function rangeOf({ from, to }: Mention, { cellAt }: Text): IBufferRange {
  return { start: cellAt(from), end: cellAt(to - 1) }
}

/** Takes the terminal and who says whose it is now, and gets told what the pointer is on. */
export function pathLinks(terminal: Terminal, sessionNow: () => Session | null, told: Pointing): ILinkProvider {
  return {
    provideLinks(row, give) {
      const text = lineAround(terminal, row)
      const session = sessionNow()
      const mentions = session === null ? [] : mentionsIn(text.text)
      if (session === null || mentions.length === 0) return give(undefined)
      void diffPaths(session).then((sides) => {
        const links = mentions.flatMap((mention): readonly ILink[] => {
          const range = rangeOf(mention, text)
          if (range.start.y > row || range.end.y < row) return []
          const path = insideWorktree(mention.path, session.worktree)
          const onBranch = path === null ? null : fileMeant(path, sides.branch)
          const file = onBranch ?? (path === null ? null : fileMeant(path, sides.uncommitted))
          // A bare word that the diff does not know is a word.
          if (file === null && mention.line === null) return []
          const exists = file !== null
          return [
            {
              range,
              text: mention.path,
              decorations: { underline: exists, pointerCursor: exists },
              activate(event) {
                if (!event.ctrlKey && !event.metaKey) return
                if (file !== null) showLine(session.id, onBranch === null ? 'uncommitted' : 'branch', file, mention.line)
                else toast({ tone: 'done', message: `“${asSeen(mention.path)}” is not in the diff of “${session.name}”.` })
              },
              ...(exists
                ? {
                    hover: (event: MouseEvent) =>
                      told.show(
                        `${asSeen(file)}${mention.line === null ? '' : `:${mention.line}`}  (Ctrl or Cmd and click shows it in the review)`,
                        event,
                      ),
                    leave: told.hide,
                  }
                : {}),
            },
          ]
        })
        give(links.length === 0 ? undefined : links)
      })
    },
  }
}
