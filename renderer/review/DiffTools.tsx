/** How the diff is drawn, gone through and drawn anew: buttons where there is room, one menu where there is not. */

import { ChevronDown, ChevronUp, Columns2, RefreshCw, Rows2, Search, SlidersHorizontal, Space, TextWrap } from 'lucide-react'
import type { ReactNode } from 'react'
import { keysOf, signsOf } from '../commands/keys.ts'
import { useKeys } from '../commands/use-keys.ts'
import type { CommandId } from '../commands/table.ts'
import { IconButton } from '../design/IconButton.tsx'
import { Menu, MenuLines } from '../design/Menu.tsx'
import { askDiff } from '../state/diff-asks.ts'
import { setBlanks, setDiffStyle, setWrap, useSettings, useWindow } from '../state/store.ts'
import styles from './ReviewPane.module.css'

type Tools = { readonly narrow: boolean; readonly onReload: () => void }

/** What is chosen stays chosen for when there is room. */
const sideWords = (split: boolean, narrow: boolean): string =>
  split && narrow ? 'Side by side, where the pane is wide enough' : 'Side by side'

function Lines({ narrow, onReload }: Tools) {
  const diffStyle = useWindow((state) => state.diffStyle)
  const wrap = useWindow((state) => state.wrap)
  const blanks = useWindow((state) => state.blanks)
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
          { label: 'Next change', icon: <ChevronDown />, keys: keys('review.next-change'), onPick: () => askDiff('next-change') },
          {
            label: 'Previous change',
            icon: <ChevronUp />,
            keys: keys('review.previous-change'),
            onPick: () => askDiff('previous-change'),
          },
          { label: 'Find…', icon: <Search />, keys: keys('review.find'), onPick: () => askDiff('find') },
        ],
        [
          {
            label: 'Wrap long lines',
            icon: <TextWrap />,
            keys: keys('review.wrap'),
            checked: wrap,
            onPick: () => setWrap(!wrap),
          },
          {
            label: 'Leave out changes of blanks',
            icon: <Space />,
            keys: keys('review.blanks'),
            checked: !blanks,
            onPick: () => setBlanks(!blanks),
          },
          {
            label: sideWords(split, narrow),
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

function Ask({
  label,
  ask,
  command,
  icon,
}: {
  readonly label: string
  readonly ask: Parameters<typeof askDiff>[0]
  readonly command: CommandId
  readonly icon: ReactNode
}) {
  const keys = useKeys(command)
  return (
    <IconButton small label={label} {...(keys === undefined ? {} : { shortcut: keys })} onClick={() => askDiff(ask)}>
      {icon}
    </IconButton>
  )
}

/** Draws the tools of the diff. */
export function DiffTools({ narrow, onReload }: Tools) {
  const diffStyle = useWindow((state) => state.diffStyle)
  const wrap = useWindow((state) => state.wrap)
  const blanks = useWindow((state) => state.blanks)
  const style = useKeys('review.style')
  return (
    <>
      <span className={styles['tools']}>
        <Ask label="Previous change" ask="previous-change" command="review.previous-change" icon={<ChevronUp />} />
        <Ask label="Next change" ask="next-change" command="review.next-change" icon={<ChevronDown />} />
        <Ask label="Find in the diff" ask="find" command="review.find" icon={<Search />} />
        <IconButton small label="Wrap long lines" aria-pressed={wrap} onClick={() => setWrap(!wrap)}>
          <TextWrap />
        </IconButton>
        <IconButton small label="Leave out changes of blanks" aria-pressed={!blanks} onClick={() => setBlanks(!blanks)}>
          <Space />
        </IconButton>
        <IconButton
          small
          label={sideWords(diffStyle === 'split', narrow)}
          {...(style === undefined ? {} : { shortcut: style })}
          aria-pressed={diffStyle === 'split'}
          onClick={() => setDiffStyle(diffStyle === 'split' ? 'unified' : 'split')}
        >
          {diffStyle === 'split' && !narrow ? <Columns2 /> : <Rows2 />}
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
          <Lines {...{ narrow, onReload }} />
        </Menu>
      </span>
    </>
  )
}
