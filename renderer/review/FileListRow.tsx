/** A row of the list of changed files: a group, a folder or a file, with its mark as viewed. */

import { ChevronDown, ChevronRight, MessageSquare } from 'lucide-react'
import type { CSSProperties, ReactNode } from 'react'
import { Size } from '../design/Badge.tsx'
import { Marked } from '../design/Marked.tsx'
import { splitPath } from '../state/format.ts'
import styles from './FileList.module.css'
import type { BranchRow, FileRow, Row } from './files.ts'
import { STATUS, tagOf, wasOf, wordsOf } from './files-words.ts'

export type FileListRowProps = {
  readonly row: Row
  readonly domId: string
  /** How far down it stands. */
  readonly from: number
  /** Whether it has the keyboard when the list has. */
  readonly active: boolean
  /** Whether the diff shows it at its top. */
  readonly current: boolean
  readonly comments: number
  readonly marks: readonly number[]
  readonly onPress: () => void
  readonly onView: (viewed: boolean) => void
}

type Viewed = true | false | 'mixed'

function viewedIn(row: Row): Viewed {
  if (row.kind === 'file') return row.file.viewed
  return row.viewed === 0 ? false : row.viewed === row.files.length ? true : 'mixed'
}

function File({ row, comments, marks }: { readonly row: FileRow } & Pick<FileListRowProps, 'comments' | 'marks'>) {
  const { file } = row
  const status = STATUS[file.status]
  const [was, tag] = [wasOf(file), tagOf(file)]
  const { folder, name } = splitPath(row.name)
  const marksFrom = (start: number): readonly number[] => marks.map((mark) => mark - start).filter((mark) => mark >= 0)
  return (
    <>
      <span className={styles['status']} data-status={file.status}>
        {status.letter}
      </span>
      <span className={styles['name']}>
        {folder === '' ? null : (
          <span className={styles['folder']}>
            <Marked text={folder} marks={marks} />
          </span>
        )}
        <span className={styles['base']}>
          <Marked text={name} marks={marksFrom(file.path.length - name.length)} />
        </span>
        {was === null ? null : <span className={styles['was']}> ← {was}</span>}
      </span>
      {comments === 0 ? null : (
        <span className={styles['comments']}>
          <MessageSquare />
          {comments}
        </span>
      )}
      {tag === null ? null : <span className={styles['tag']}>{tag}</span>}
      {file.binary || file.insertions + file.deletions === 0 ? null : (
        <span className={styles['size']}>
          <Size insertions={file.insertions} deletions={file.deletions} />
        </span>
      )}
    </>
  )
}

function Folder({ row, comments }: { readonly row: BranchRow } & Pick<FileListRowProps, 'comments'>) {
  return (
    <>
      {row.open ? <ChevronDown className={styles['chevron']} /> : <ChevronRight className={styles['chevron']} />}
      <span className={styles['name']}>
        <span className={styles['label']}>{row.name}</span>
      </span>
      {comments === 0 || row.open ? null : (
        <span className={styles['comments']}>
          <MessageSquare />
          {comments}
        </span>
      )}
      <span className={styles['count']}>
        {row.viewed}/{row.files.length}
      </span>
    </>
  )
}

function labelOf(row: Row, comments: number): string {
  if (row.kind === 'file') return wordsOf(row.file, comments)
  return `${row.name}, ${row.viewed} of ${row.files.length} viewed`
}

/** Draws it. */
export function FileListRow({
  row,
  domId,
  from,
  active,
  current,
  comments,
  marks,
  onPress,
  onView,
}: FileListRowProps): ReactNode {
  const viewed = viewedIn(row)
  const label = labelOf(row, comments)
  return (
    // The list has the keyboard, and hears its keys for every row.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={domId}
      role="treeitem"
      tabIndex={-1}
      className={styles['row']}
      style={{ top: from, '--level': row.level - 1 } as CSSProperties}
      aria-level={row.level}
      aria-posinset={row.place}
      aria-setsize={row.among}
      aria-checked={viewed}
      aria-expanded={row.kind === 'file' ? undefined : row.open}
      aria-current={current || undefined}
      data-kind={row.kind}
      data-active={active || undefined}
      data-viewed={viewed === true || undefined}
      title={label}
      onClick={onPress}
    >
      <span className="visually-hidden">{label}</span>
      <span className={styles['shown']} aria-hidden="true">
        {row.kind === 'file' ? <File {...{ row, comments, marks }} /> : <Folder {...{ row, comments }} />}
      </span>
      <input
        type="checkbox"
        className={styles['check']}
        tabIndex={-1}
        aria-hidden="true"
        title={viewed === true ? 'Viewed' : 'Mark as viewed'}
        checked={viewed === true}
        ref={(box) => {
          if (box !== null) box.indeterminate = viewed === 'mixed'
        }}
        onClick={(event) => event.stopPropagation()}
        onChange={() => onView(viewed !== true)}
      />
    </div>
  )
}
