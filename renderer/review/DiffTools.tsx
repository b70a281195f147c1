/** How the diff is drawn, and drawn anew: three buttons where there is room, one menu where there is not. */

import { Columns2, RefreshCw, Rows2, SlidersHorizontal, TextWrap } from 'lucide-react'
import { keysOf, signsOf } from '../commands/keys.ts'
import { useKeys } from '../commands/use-keys.ts'
import type { CommandId } from '../commands/table.ts'
import { IconButton } from '../design/IconButton.tsx'
import { Menu, MenuLines } from '../design/Menu.tsx'
import { setDiffStyle, setWrap, useSettings, useWindow } from '../state/store.ts'
import styles from './ReviewPane.module.css'

type Reloads = { readonly onReload: () => void }

function Lines({ onReload }: Reloads) {
  const diffStyle = useWindow((state) => state.diffStyle)
  const wrap = useWindow((state) => state.wrap)
  const { shortcuts } = useSettings()
  const keys = (id: CommandId): readonly string[] | undefined => {
    const first = keysOf(id, shortcuts)[0]
    return first === undefined ? undefined : signsOf(first)
  }
  const split = diffStyle === 'split'
  return (
    <MenuLines
      groups={[
        [
          {
            label: 'Wrap long lines',
            icon: <TextWrap />,
            keys: keys('review.wrap'),
            checked: wrap,
            onPick: () => setWrap(!wrap),
          },
          {
            label: 'Side by side',
            icon: <Columns2 />,
            keys: keys('review.style'),
            checked: split,
            onPick: () => setDiffStyle(split ? 'unified' : 'split'),
          },
        ],
        [{ label: 'Reload the diff', icon: <RefreshCw />, keys: keys('review.reload'), onPick: onReload }],
      ]}
    />
  )
}

/** Draws the tools of the diff. */
export function DiffTools({ onReload }: Reloads) {
  const diffStyle = useWindow((state) => state.diffStyle)
  const wrap = useWindow((state) => state.wrap)
  const style = useKeys('review.style')
  return (
    <>
      <span className={styles['tools']}>
        <IconButton small label="Wrap long lines" aria-pressed={wrap} onClick={() => setWrap(!wrap)}>
          <TextWrap />
        </IconButton>
        <IconButton
          small
          label="Side by side"
          {...(style === undefined ? {} : { shortcut: style })}
          aria-pressed={diffStyle === 'split'}
          onClick={() => setDiffStyle(diffStyle === 'split' ? 'unified' : 'split')}
        >
          {diffStyle === 'split' ? <Columns2 /> : <Rows2 />}
        </IconButton>
        <IconButton small label="Reload the diff" onClick={onReload}>
          <RefreshCw />
        </IconButton>
      </span>
      <span className={styles['folded']}>
        <Menu
          trigger={
            <IconButton small label="View">
              <SlidersHorizontal />
            </IconButton>
          }
        >
          <Lines onReload={onReload} />
        </Menu>
      </span>
    </>
  )
}
