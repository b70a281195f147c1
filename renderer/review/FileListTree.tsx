/** The rows of the list of changed files: one tree that has the keyboard, of which only what is in sight is drawn. */

import { useId, useLayoutEffect, useRef, type KeyboardEvent, type RefObject } from 'react'
import styles from './FileList.module.css'
import { FileListRow } from './FileListRow.tsx'
import type { Row } from './files.ts'
import { fileKeyOf, type FileKey } from './files-keys.ts'
import { useSight } from './files-window.ts'

export type FileListTreeProps = {
  readonly rows: readonly Row[]
  /** The row that has the keyboard when the list has. */
  readonly at: number
  readonly top: string | null
  readonly commentsIn: (row: Row) => number
  readonly marksOf: (path: string) => readonly number[]
  readonly treeRef: RefObject<HTMLDivElement | null>
  readonly onKey: (meant: FileKey) => void
  readonly onPress: (row: Row, at: number) => void
  readonly onView: (row: Row, viewed: boolean) => void
}

const isCurrent = (row: Row, top: string | null): boolean => row.kind === 'file' && row.file.path === top

/** Draws it. */
export function FileListTree({ rows, at, top, commentsIn, marksOf, treeRef, onKey, onPress, onView }: FileListTreeProps) {
  const id = useId()
  const probe = useRef<HTMLDivElement>(null)
  const { first, last, page, height } = useSight(treeRef, probe, rows.length)
  useLayoutEffect(() => {
    const room = treeRef.current
    if (room === null || height === 0) return
    const from = at * height
    if (from < room.scrollTop) room.scrollTo({ top: from, behavior: 'instant' })
    else if (from + height > room.scrollTop + room.clientHeight)
      room.scrollTo({ top: from + height - room.clientHeight, behavior: 'instant' })
  }, [treeRef, at, height])
  const drawn = Array.from({ length: Math.max(0, last - first) }, (_, step) => first + step)
  // What has the keyboard is on the page, also where it is out of sight.
  if (height > 0 && (at < first || at >= last)) drawn.push(at)
  const onKeyDown = (event: KeyboardEvent): void => {
    const meant = event.defaultPrevented ? null : fileKeyOf(event, rows, at, page)
    if (meant === null) return
    event.preventDefault()
    onKey(meant)
  }
  return (
    <div
      ref={treeRef}
      role="tree"
      aria-label="Changed files"
      aria-describedby={`${id}-hint`}
      aria-activedescendant={rows[at] === undefined || height === 0 ? undefined : `${id}-${at}`}
      tabIndex={0}
      className={styles['tree']}
      onKeyDown={onKeyDown}
      onMouseDown={(event) => {
        // The keyboard stays with the list as a whole.
        event.preventDefault()
        treeRef.current?.focus({ preventScroll: true })
      }}
    >
      <span id={`${id}-hint`} hidden>
        What is checked is viewed. Space marks a file as viewed and goes to the next one; Enter shows it in the diff; / filters.
      </span>
      <div ref={probe} className={styles['probe']} aria-hidden="true" />
      <div className={styles['rows']} style={{ height: rows.length * height }} role="none">
        {drawn.flatMap((index) => {
          const row = rows[index]
          if (row === undefined) return []
          return (
            <FileListRow
              key={row.id}
              row={row}
              domId={`${id}-${index}`}
              from={index * height}
              active={index === at}
              current={isCurrent(row, top)}
              comments={commentsIn(row)}
              marks={row.kind === 'file' ? marksOf(row.file.path) : []}
              onPress={() => onPress(row, index)}
              onView={(viewed) => onView(row, viewed)}
            />
          )
        })}
      </div>
    </div>
  )
}
