/** What stands above the lines of a file of the diff, and stays in sight while they scroll: its name, what is said of it, what to do with it. */

import { ChevronDown, ChevronRight, Ellipsis, MessageSquare } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { Size } from '../design/Badge.tsx'
import { Button } from '../design/Button.tsx'
import { cx } from '../design/cx.ts'
import { IconButton } from '../design/IconButton.tsx'
import { Menu, MenuLines, type MenuGroups } from '../design/Menu.tsx'
import type { Part } from './diff-items.ts'
import { fileWords, foldedWords } from './diff-words.ts'
import styles from './FileHeader.module.css'
import { FileName } from './FileName.tsx'
import type { Beyond } from './use-diff-rest.ts'

export type FileHeaderProps = {
  readonly part: Part
  readonly collapsed: boolean
  /** There is nothing under it that could be folded. */
  readonly empty: boolean
  readonly viewed: boolean
  /** Its lines lie beyond the end of the patch; what became of asking for them. */
  readonly beyond: Beyond | 'not-asked' | null
  /** How much was said of it. */
  readonly comments: number
  readonly menu: MenuGroups
  readonly onFold: (fold: boolean) => void
  readonly onView: (viewed: boolean) => void
  /** It came in sight, and its lines are not here. */
  readonly onWant: () => void
}

/** Added and removed lines: the list knows those of lines that are not here as well. */
function sizeOf({ file, read: { hunks } }: Part): { readonly insertions: number; readonly deletions: number } | null {
  if (file !== null) return file.binary || file.insertions + file.deletions === 0 ? null : file
  if (hunks.length === 0) return null
  const sum = (of: 'additionLines' | 'deletionLines'): number => hunks.reduce((all, hunk) => all + hunk[of], 0)
  return { insertions: sum('additionLines'), deletions: sum('deletionLines') }
}

/** Draws it. */
export function FileHeader({ part, collapsed, empty, viewed, beyond, comments, menu, onFold, onView, onWant }: FileHeaderProps) {
  const { file, section, read } = part
  const [path, oldPath] = [file?.path ?? read.name, file?.oldPath ?? read.prevName]
  const want = useEffectEvent(onWant)
  const wanted = beyond === 'not-asked' && !collapsed
  useEffect(() => {
    if (wanted) want()
  }, [wanted])
  const size = sizeOf(part)
  const words = file === null ? [] : fileWords(file, section, read.hunks.length > 0)
  const why = file === null ? null : foldedWords(file)
  const said = [...(why === null ? [] : [why]), ...words].join(' · ')
  return (
    <div
      className={styles['header']}
      data-viewed={viewed || undefined}
      data-path={path}
      title={oldPath === undefined ? path : `${oldPath} → ${path}`}
    >
      {empty ? (
        <span className={styles['unfolded']} />
      ) : (
        <IconButton
          small
          label={collapsed ? `Show ${path}` : `Fold ${path}`}

          onClick={() => onFold(!collapsed)}
        >
          {collapsed ? <ChevronRight /> : <ChevronDown />}
        </IconButton>
      )}
      <span className={styles['name']}>
        <FileName path={path} oldPath={oldPath} />
      </span>
      {size === null ? null : (
        <span className={styles['size']}>
          <Size insertions={size.insertions} deletions={size.deletions} />
        </span>
      )}
      {said === '' ? null : <span className={styles['words']}>{said}</span>}
      {collapsed && why !== null ? (
        <Button size="small" look="quiet" onClick={() => onFold(false)}>
          Show
        </Button>
      ) : null}
      {beyond === null || collapsed ? null : beyond !== 'not-asked' && beyond.kind === 'failed' ? (
        <span className={cx(styles['words'], styles['failed'])} role="alert">
          {beyond.message}
        </span>
      ) : (
        <span className={styles['words']}>Loading…</span>
      )}
      <span className={styles['grow']} />
      {comments === 0 ? null : (
        <span className={styles['comments']}>
          <MessageSquare aria-hidden="true" />
          {comments}
          <span className="visually-hidden">{comments === 1 ? ' comment' : ' comments'}</span>
        </span>
      )}
      {file === null ? null : (
        <label className={styles['viewed']}>
          <input
            type="checkbox"
            aria-label={`${path} is viewed`}
            checked={viewed}
            onChange={(event) => onView(event.target.checked)}
          />
          <span aria-hidden="true">Viewed</span>
        </label>
      )}
      <Menu
        align="end"
        trigger={
          <IconButton small label={`More for ${path}`}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuLines groups={menu} />
      </Menu>
    </div>
  )
}
