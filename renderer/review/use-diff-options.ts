/** What the view is told of how to draw and what to do, the same object as long as that is the same. */

import type { CodeViewReactOptions } from '@pierre/diffs/react'
import { useMemo } from 'react'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Shade } from '../design/use-theme.ts'
import { useReview } from '../state/reviewed.ts'
import type { DiffStyle } from '../state/store.ts'
import type { Lines } from '../../shared/model/review.ts'
import { startWriting, type Begun } from './comments-kept.ts'
import { contextOf, LINES_AT_A_TIME } from './context.ts'
import type { Note } from './diff-items.ts'
import { INSIDE, nameButtons, sizeOf, THEME } from './diff-look.ts'
import { linesOf, rowsOf, textOfLines, type Rowed } from './diff-rows.ts'
import type { Painter } from './finding-marks.ts'

/** The file that an item of the view is of. */
export const pathOf = ({ id }: { readonly id: string }): string => id.split('\0')[0] ?? id

/** What a comment on these lines is begun on. */
export function begunOn(read: Rowed, lines: Lines | null, { of, head }: Pick<Begun, 'of' | 'head'>): Begun {
  return { of, head, code: lines === null ? null : textOfLines(rowsOf(read), lines) }
}

type Asked = {
  readonly shade: Shade
  readonly diffStyle: DiffStyle
  readonly wrap: boolean
  readonly session: { readonly id: string; readonly name: string }
  readonly of: DiffOf
  readonly painter: Painter
}

/** Takes how to draw, and whose diff it is. */
export function useDiffOptions({ shade, diffStyle, wrap, session: { id, name }, of, painter }: Asked) {
  return useMemo(
    (): CodeViewReactOptions<Note, undefined> => ({
      theme: THEME,
      themeType: shade,
      diffStyle,
      diffIndicators: 'bars',
      hunkSeparators: 'line-info-basic',
      overflow: wrap ? 'wrap' : 'scroll',
      stickyHeaders: true,
      // The last lines can be scrolled out from under what floats at the foot.
      layout: { paddingTop: 0, paddingBottom: 2 * sizeOf('--diff-header'), gap: 0 },
      itemMetrics: { lineHeight: sizeOf('--leading-code'), diffHeaderHeight: sizeOf('--diff-header') },
      unsafeCSS: INSIDE,
      loadDiffFiles: contextOf(name, of),
      expansionLineCount: LINES_AT_A_TIME,
      enableLineSelection: true,
      enableGutterUtility: true,
      onGutterUtilityClick: (range, { item }) => {
        // The commit on show when it is clicked; these options stay the same object over commits.
        const { reviewed } = useReview.getState()
        if (item.type !== 'diff' || reviewed === null) return
        const about = linesOf(rowsOf(item.fileDiff), range)
        startWriting(id, pathOf(item), about, begunOn(item.fileDiff, about, { of, head: reviewed.head }))
      },
      onPostRender: (element, _instance, _phase, { item }) => {
        if (item.type === 'diff') nameButtons(element, item.fileDiff)
        painter.schedule()
      },
    }),
    [shade, diffStyle, wrap, id, name, of, painter],
  )
}
