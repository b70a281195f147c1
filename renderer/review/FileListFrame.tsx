/** Where the list of files stands: beside the diff, or behind a button where there is little room or the user wants it away. */

import { Check, ChevronDown, PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import type { DiffFile } from '../../shared/model/diff.ts'
import { useKeys } from '../commands/use-keys.ts'
import { Button } from '../design/Button.tsx'
import { IconButton } from '../design/IconButton.tsx'
import { Popover } from '../design/Popover.tsx'
import { onFileAsk, type FileAsk } from '../state/file-asks.ts'
import { revealFile } from '../state/reviewed.ts'
import { toast } from '../state/store.ts'
import { FileList } from './FileList.tsx'
import styles from './FileList.module.css'
import { nextUnviewed, orderOf, treeOf, viewedOf } from './files.ts'
import { setFilesLook, useFilesLook } from './files-look.ts'
import type { ListSlot } from './slots.ts'
import { useViewing } from './use-diff-viewed.ts'
import { withMarks } from './viewing.ts'

export type FileListFrameProps = ListSlot & {
  /** As the House has them. */
  readonly files: readonly DiffFile[]
  /** The diff. */
  readonly children: ReactNode
}

/** As wide as this, list and diff have room side by side. */
const WIDE_REM = 48

function useWide() {
  const room = useRef<HTMLDivElement>(null)
  const [wide, setWide] = useState(false)
  useLayoutEffect(() => {
    const element = room.current
    if (element === null) return
    const look = (): void => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
      setWide(element.clientWidth >= WIDE_REM * rem)
    }
    look()
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    return () => sizes.disconnect()
  }, [])
  return { room, wide }
}

/** Draws the list and the diff. */
export function FileListFrame({ session, of, comments, top, files: told, children }: FileListFrameProps) {
  const { room, wide } = useWide()
  const away = useFilesLook((look) => look.away)
  const share = useFilesLook((look) => look.share)
  const [open, setOpen] = useState(false)
  const first = useRef<'tree' | 'filter'>('tree')
  const went = useRef(false)
  const tree = useRef<HTMLDivElement>(null)
  const filter = useRef<HTMLInputElement>(null)
  const { viewing, view } = useViewing(session.name, of, told)
  const files = useMemo(() => withMarks(told, viewing), [told, viewing])
  const [filesKeys, viewKeys] = [useKeys('review.files'), useKeys('review.view')]
  const beside = wide && !away
  const viewed = viewedOf(files)

  // Keys come faster than the diff says where it is.
  const going = useRef<string | null>(null)
  useEffect(() => {
    going.current = null
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [top])
  const goOn = (): void => {
    const order = orderOf(treeOf(files, 'tree'))
    const at = going.current ?? top
    const here = order.find(({ path }) => path === at)
    const next = nextUnviewed(order, at)
    going.current = next
    if (here !== undefined && !here.viewed) view([here.path], true)
    if (next !== null) revealFile(session.id, next)
    else if (here === undefined || here.viewed) toast({ tone: 'done', message: 'Every file is viewed.' })
  }
  const answer = useEffectEvent((ask: FileAsk): void => {
    if (ask === 'view') return goOn()
    first.current = ask === 'go' ? 'tree' : 'filter'
    if (!beside) return setOpen(true)
    if (ask === 'filter') filter.current?.select()
    else (tree.current ?? filter.current)?.focus()
  })
  useEffect(() => onFileAsk((ask) => answer(ask)), [])
  // Behind its button it opens when asked, not because the room became narrow.
  if (open && beside) setOpen(false)

  const list = (tool: ReactNode): ReactNode => (
    <FileList
      {...{ files, comments, top, tool }}
      session={session.id}
      treeRef={tree}
      filterRef={filter}
      onView={view}
      onShow={(path, stay) => {
        revealFile(session.id, path)
        if (stay || beside) return
        went.current = true
        setOpen(false)
      }}
    />
  )
  return (
    <div ref={room} className={styles['frame']}>
      {beside ? null : (
        <div className={styles['folded']}>
          <Popover
            title="Files"
            open={open}
            onOpen={(next) => {
              first.current = 'tree'
              went.current = false
              setOpen(next)
            }}
            firstFocus={() => (first.current === 'filter' ? filter.current : tree.current) ?? true}
            lastFocus={() => (went.current ? (room.current?.querySelector<HTMLElement>('[aria-label="Diff"]') ?? true) : true)}
            trigger={
              <Button size="small" look="quiet" aria-keyshortcuts={filesKeys} className={styles['opens']}>
                Files
                <span className={styles['share']}>
                  {viewed}/{files.length}
                  <span className="visually-hidden"> viewed</span>
                </span>
                <ChevronDown aria-hidden="true" />
              </Button>
            }
          >
            <div className={styles['sheet']}>
              {list(
                wide ? (
                  <IconButton small label="Keep it beside the diff" onClick={() => setFilesLook({ away: false })}>
                    <PanelLeftOpen />
                  </IconButton>
                ) : null,
              )}
            </div>
          </Popover>
          <span className={styles['bar']} aria-hidden="true">
            <span style={{ width: `${(100 * viewed) / Math.max(1, files.length)}%` }} />
          </span>
          <Button size="small" look="quiet" icon={<Check />} aria-keyshortcuts={viewKeys} onClick={goOn}>
            {viewed === files.length ? 'All viewed' : 'Viewed, go on'}
          </Button>
        </div>
      )}
      <Group
        id="review-files"
        className={styles['group']}
        orientation="horizontal"
        {...(share === null ? {} : { defaultLayout: { files: share, diff: 100 - share } })}
        onLayoutChanged={({ files: kept }, { isUserInteraction }) => {
          if (isUserInteraction && kept !== undefined) setFilesLook({ share: kept })
        }}
      >
        {beside ? (
          <>
            <Panel
              key="files"
              id="files"
              className={styles['beside']}
              defaultSize={share === null ? '15rem' : `${share}%`}
              minSize="10rem"
              maxSize="60%"
              groupResizeBehavior="preserve-pixel-size"
            >
              {list(
                <IconButton small label="Fold the list away" onClick={() => setFilesLook({ away: true })}>
                  <PanelLeftClose />
                </IconButton>,
              )}
            </Panel>
            <Separator key="grip" className={styles['grip']} aria-label="Resize the list of files" />
          </>
        ) : null}
        <Panel key="diff" id="diff" className={styles['diff']} minSize="30%">
          {children}
        </Panel>
      </Group>
    </div>
  )
}
