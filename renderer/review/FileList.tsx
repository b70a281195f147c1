/** The files of a diff: what happened to each, which of them are viewed, and the way to them. */

import { EyeOff, FolderTree, ListFilter, X } from 'lucide-react'
import { useMemo, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import type { DiffFile } from '../../shared/model/diff.ts'
import type { Comment } from '../../shared/model/review.ts'
import { Button } from '../design/Button.tsx'
import { IconButton } from '../design/IconButton.tsx'
import { counted } from '../state/format.ts'
import styles from './FileList.module.css'
import { FileListTree } from './FileListTree.tsx'
import { fileId, nextUnviewed, orderOf, rowOf, rowsOf, treeOf, viewedOf, type Row } from './files.ts'
import { findingIn } from './files-find.ts'
import type { FileKey } from './files-keys.ts'
import { foldId, setFilesLook, setFolded, useFilesLook } from './files-look.ts'

export type FileListProps = {
  /** The session, by id. */
  readonly session: string
  /** As the user has marked them by now. */
  readonly files: readonly DiffFile[]
  readonly comments: readonly Comment[]
  /** The file at the top of the diff. */
  readonly top: string | null
  readonly treeRef: RefObject<HTMLDivElement | null>
  readonly filterRef: RefObject<HTMLInputElement | null>
  /** Beside the other tools. */
  readonly tool: ReactNode
  readonly onView: (paths: readonly string[], viewed: boolean) => void
  /** Shows a file in the diff; `stay`: the list is not done with. */
  readonly onShow: (path: string, stay: boolean) => void
}

/** How many comments are not done with, by path. */
function openComments(comments: readonly Comment[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { path, state } of comments) if (path !== null && state !== 'resolved') counts.set(path, (counts.get(path) ?? 0) + 1)
  return counts
}

const pathsIn = (row: Row): readonly string[] => (row.kind === 'file' ? [row.file.path] : row.files.map(({ path }) => path))

/** Draws the list; choosing a file shows it in the diff. */
export function FileList({ session, files, comments, top, treeRef, filterRef, tool, onView, onShow }: FileListProps) {
  const { shape, unviewedOnly, folded } = useFilesLook()
  const [typed, setTyped] = useState('')
  // By id of its row, and only while the list is used: else it is what the diff shows.
  const [chosen, setChosen] = useState<string | null>(null)
  const find = useMemo(() => findingIn(files), [files])
  const finds = useMemo(() => find(typed), [find, typed])
  const counts = useMemo(() => openComments(comments), [comments])
  const nodes = useMemo(() => {
    const shown = files.filter(({ path, viewed }) => (finds === null || finds.marks.has(path)) && !(unviewedOnly && viewed))
    return treeOf(shown, shape)
  }, [files, finds, unviewedOnly, shape])
  const rows = useMemo(
    () => rowsOf(nodes, shape, (id) => finds === null && folded.has(foldId(session, id))),
    [nodes, shape, finds, folded, session],
  )
  const picked = chosen === null ? -1 : rows.findIndex(({ id }) => id === chosen)
  const at = picked !== -1 ? picked : Math.max(0, top === null ? 0 : rowOf(rows, top))
  const viewed = viewedOf(files)

  const viewAndGoOn = (row: Row): void => {
    const [own, last] = [pathsIn(row), pathsIn(row).at(-1) ?? null]
    if (row.kind === 'file' ? row.file.viewed : row.viewed === row.files.length) return onView(own, false)
    const others = orderOf(nodes).filter(({ path }) => path === last || !own.includes(path))
    const next = nextUnviewed(others, last)
    onView(own, true)
    if (next === null) return setChosen(row.id)
    setChosen(fileId(next))
    onShow(next, true)
  }
  const open = (row: Row, stay: boolean): void => {
    if (row.kind === 'file') return onShow(row.file.path, stay)
    setFolded(foldId(session, row.id), row.open)
  }
  const toFilter = (): void => filterRef.current?.select()
  const onKey = (meant: FileKey): void => {
    const row = rows[at]
    if (meant.kind === 'filter') return toFilter()
    if (meant.kind === 'to') return setChosen(rows[meant.at]?.id ?? null)
    if (row === undefined) return
    setChosen(row.id)
    if (meant.kind === 'fold') return setFolded(foldId(session, row.id), meant.fold)
    if (meant.kind === 'open') open(row, false)
    else viewAndGoOn(row)
  }
  const onFilterKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      if (typed === '') return
      event.stopPropagation()
      setTyped('')
      setChosen(null)
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') treeRef.current?.focus()
    else if (event.key === 'Enter') {
      const row = rows[at]
      if (row !== undefined) open(row, false)
    } else return
    event.preventDefault()
  }
  return (
    <div
      className={styles['list']}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setChosen(null)
      }}
    >
      <div className={styles['tools']}>
        <span className={styles['progress']}>
          {viewed} of {files.length} viewed
        </span>
        <IconButton
          small
          label="Folders"
          aria-pressed={shape === 'tree'}
          onClick={() => setFilesLook({ shape: shape === 'tree' ? 'flat' : 'tree' })}
        >
          <FolderTree />
        </IconButton>
        <IconButton
          small
          label="Hide what is viewed"
          aria-pressed={unviewedOnly}
          onClick={() => setFilesLook({ unviewedOnly: !unviewedOnly })}
        >
          <EyeOff />
        </IconButton>
        {tool}
        <span className={styles['bar']} aria-hidden="true">
          <span style={{ width: `${files.length === 0 ? 0 : (100 * viewed) / files.length}%` }} />
        </span>
      </div>
      <div className={styles['filter']}>
        <ListFilter aria-hidden="true" />
        <input
          ref={filterRef}
          type="search"
          aria-label="Filter the files"
          placeholder="Filter"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value)
            const best = find(target.value)?.best
            setChosen(best == null ? null : fileId(best))
          }}
          onKeyDown={onFilterKey}
        />
        {finds === null ? null : (
          <output className={styles['found']} aria-label="Found">
            {finds.marks.size === 0 ? 'none' : finds.marks.size}
          </output>
        )}
        {typed === '' ? null : (
          <IconButton
            small
            label="Clear the filter"
            onClick={() => {
              setTyped('')
              filterRef.current?.focus()
            }}
          >
            <X />
          </IconButton>
        )}
      </div>
      {rows.length > 0 ? (
        <FileListTree
          {...{ rows, at, top, treeRef, onKey }}
          commentsIn={(row) => pathsIn(row).reduce((sum, path) => sum + (counts.get(path) ?? 0), 0)}
          marksOf={(path) => finds?.marks.get(path) ?? []}
          onPress={(row) => {
            setChosen(row.id)
            open(row, false)
          }}
          onView={(row, mark) => onView(pathsIn(row), mark)}
        />
      ) : (
        <div className={styles['nothing']}>
          {finds !== null && finds.marks.size === 0 ? (
            <p>No file fits “{typed.trim()}”.</p>
          ) : (
            <>
              <p>{files.length === 1 ? 'The file is viewed.' : `All ${counted(files.length, 'file')} are viewed.`}</p>
              <Button size="small" onClick={() => setFilesLook({ unviewedOnly: false })}>
                Show them
              </Button>
            </>
          )}
        </div>
      )}
    </div>
  )
}
