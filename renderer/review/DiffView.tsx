/** The diff itself: virtualised and coloured in workers by @pierre/diffs, with what is said of its lines between them. Loaded when first needed. */

import { CodeView, WorkerPoolContext } from '@pierre/diffs/react'
import { useDeferredValue, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { Lines } from '../../shared/model/review.ts'
import type { Shade } from '../design/use-theme.ts'
import { onDiffAsk, type DiffAsk } from '../state/diff-asks.ts'
import { editFile } from '../state/review-acts.ts'
import type { DiffStyle } from '../state/store.ts'
import { startWriting, type Writing } from './comments-kept.ts'
import { linesNow, linesWords } from './comments.ts'
import { LINES_AT_A_TIME } from './context.ts'
import { copy, hasTextSelected } from './diff-copy.ts'
import { useFolds } from './diff-folds.ts'
import type { DiffItem, Note, Part } from './diff-items.ts'
import { LOOK, pool, sizeOf, WRAPPED } from './diff-look.ts'
import { portionOf } from './diff-rest.ts'
import { linesOf, rowAt, rowsOf, spanOf, textOf, type Row } from './diff-rows.ts'
import { changeOf, hunkOf, type Change } from './diff-sections.ts'
import { DiffNote } from './DiffNote.tsx'
import styles from './DiffView.module.css'
import { DiscardQuestion, type Discarding } from './DiscardQuestion.tsx'
import { fileMenu, noDiscard } from './file-menu.ts'
import { FileHeader } from './FileHeader.tsx'
import { createPainter } from './finding-marks.ts'
import { FindInDiff } from './FindInDiff.tsx'
import { SelectionBar } from './SelectionBar.tsx'
import type { DiffSlot } from './slots.ts'
import { useDiffItems } from './use-diff-items.ts'
import { useDiffKeyboard } from './use-diff-keyboard.ts'
import { begunOn, pathOf, useDiffOptions } from './use-diff-options.ts'
import { useDiffRest } from './use-diff-rest.ts'
import { useFollowed } from './use-followed.ts'
import { useTypingKept } from './use-typing-kept.ts'
import { useViewing } from './use-diff-viewed.ts'
import { goneTo, topPart, useDiffWalk, type Selection, type View } from './use-diff-walk.ts'
import type { ShownDiff } from './use-diff.ts'

export type DiffViewProps = DiffSlot & {
  readonly shown: ShownDiff
  readonly diffStyle: DiffStyle
  readonly wrap: boolean
  readonly shade: Shade
  /** The file to go to, the line in it where one is meant, and how often that was asked. */
  readonly goTo: { readonly path: string; readonly line: number | null; readonly asked: number } | null
}

/** More than any file has. */
const ALL_LINES = 1_000_000

/** Draws the diff of one session. */
export function DiffView({ shown, session, of, comments, onTop, diffStyle, wrap, shade, goTo: to }: DiffViewProps) {
  const view = useRef<View>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const room = useRef<HTMLDivElement>(null)
  const went = useRef<string | null>(null)
  const [painter] = useState(createPainter)
  const [selection, setSelection] = useState<Selection | null>(null)
  const [finding, setFinding] = useState<number | null>(null)
  const [discarding, setDiscarding] = useState<Discarding | null>(null)
  const { folds, setFold, setAll } = useFolds(shown.of)
  const { viewing: marked, view: markViewed } = useViewing(session.name, of, shown.diff.files, shown.diff.head)
  // What the list and the marks say is painted at once; folding what is viewed and going on come after, both in one.
  const { viewing, goTo } = useDeferredValue(useMemo(() => ({ viewing: marked, goTo: to }), [marked, to]))
  const { sections, beyond, load } = useDiffRest(shown, session.name, of)
  const made = useDiffItems({ session: session.id, shown, sections, comments, folds, viewing })
  const { parts, items, partOf } = made
  const walk = useDiffWalk({ view, parts, items, selection, header: () => sizeOf('--diff-header') })
  const missing = useMemo(
    () => (shown.truncated ? parts.flatMap(({ file, section }) => (file !== null && section === null ? [file] : [])) : []),
    [shown, parts],
  )
  const want = (path: string): void => {
    const portion = portionOf(
      missing.filter((file) => !beyond.has(file.path)),
      path,
    )
    if (portion.length > 0) void load(portion)
  }

  const options = useDiffOptions({ shade, diffStyle, wrap, session, of, painter })
  const selected = ((): {
    readonly part: Part
    readonly lines: Lines
    readonly span: readonly [number, number] | null
  } | null => {
    const part = partOf.get(selection?.id ?? '')
    if (selection === null || part === undefined) return null
    const rows = rowsOf(part.read)
    return { part, lines: linesOf(rows, selection.range), span: spanOf(rows, selection.range) }
  })()
  const unselect = (): void => view.current?.setSelectedLines(null)
  useFollowed({ view, partOf, selection })
  const unfold = (id: string): void => (items.find((item) => item.id === id)?.collapsed === true ? setFold(id, false) : undefined)
  useTypingKept({ view, scroller, items, writings: made.writings, onUnfold: unfold })
  const onShow = (): Part | undefined =>
    partOf.get(goneTo(view.current, scroller.current, went.current) ?? '') ?? parts[topPart(view.current, parts)]
  const topOf = (): Part | undefined => selected?.part ?? onShow()
  const commentOn = (part: Part | undefined, lines: Lines | null): void => {
    if (part === undefined) return
    unfold(part.id)
    startWriting(session.id, pathOf(part), lines, begunOn(part.read, lines, { of, head: shown.head }))
  }
  const textOfSelected = (): string | null => {
    if (selected?.span == null) return null
    return rowsOf(selected.part.read)
      .slice(selected.span[0], selected.span[1] + 1)
      .map(textOf)
      .join('\n')
  }
  // What they are for is under way already, or they are not in sight.
  const isBusy =
    selected !== null &&
    (items.find(({ id }) => id === selected.part.id)?.collapsed === true || isWrittenOn(made.writings.values(), selected))
  const hunkAt = selected?.span == null ? null : (rowsOf(selected.part.read)[selected.span[0]]?.hunk ?? null)
  const ask = useEffectEvent((what: DiffAsk): void => {
    if (what === 'find') return setFinding((before) => (before ?? 0) + 1)
    if (what === 'comment') return commentOn(topOf(), selected?.lines ?? null)
    if (what === 'comment-file') return commentOn(topOf(), null)
    if (what === 'fold-all' || what === 'unfold-all')
      return setAll(
        parts.map(({ id }) => id),
        what === 'fold-all',
      )
    scroller.current?.focus({ preventScroll: true })
    walk.change(what === 'next-change' ? 1 : -1)
  })
  useEffect(() => onDiffAsk((what) => ask(what)), [])

  const expand = (part: Part, hunk: number, lines: number): void => {
    const drawn = view.current
      ?.getInstance()
      ?.getRenderedItems()
      .find(({ id }) => id === part.id)
    if (drawn?.type !== 'diff') return
    drawn.instance.expandHunk(hunk, 'down', lines)
    drawn.instance.expandHunk(hunk + 1, 'up', lines)
  }
  useDiffKeyboard(room, scroller, selected !== null, {
    copied: () => (hasTextSelected(view.current?.getInstance()?.getRenderedItems() ?? []) ? null : textOfSelected()),
    press(meant) {
      if (meant.kind === 'line') walk.line(meant.step, meant.extend)
      else if (meant.kind === 'less') unselect()
      else if (meant.kind === 'comment') commentOn(topOf(), selected?.lines ?? null)
      else if (meant.kind === 'fold') {
        const part = topOf()
        if (part !== undefined) setFold(part.id, items.find(({ id }) => id === part.id)?.collapsed !== true)
      } else if (selected !== null && hunkAt !== null) {
        expand(selected.part, hunkAt, meant.kind === 'all' ? ALL_LINES : LINES_AT_A_TIME)
      }
    },
  })

  const go = useEffectEvent(({ path, line }: NonNullable<typeof goTo>) => {
    const part = partOf.get(path)
    if (part === undefined) return
    unfold(path)
    went.current = path
    const row = line === null ? -1 : rowAt(rowsOf(part.read), line, 'additions')
    if (row !== -1) return walk.select(part, row, row)
    unselect()
    view.current?.scrollTo({ type: 'item', id: path, align: 'start', behavior: 'instant' })
  })
  const top = useEffectEvent((): void => {
    onTop(onShow()?.file?.path ?? null)
  })
  // Also before anybody scrolled.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies
  useEffect(() => top(), [parts])
  useEffect(() => {
    if (goTo === null) return
    go(goTo)
    top()
  }, [goTo])

  const differing = ((): readonly Row[] => {
    if (selected?.span == null) return []
    const rows = rowsOf(selected.part.read).slice(selected.span[0], selected.span[1] + 1)
    return rows.filter((row) => row.old === null || row.new === null)
  })()
  /** The changes that are selected, of the first hunk that has one; null where none is. */
  const changeAt = (): Change | null => {
    const [first] = differing
    const section = selected?.part.section ?? null
    const hunk = first === undefined || section === null ? null : hunkOf(section, first.hunk)
    if (hunk === null) return null
    const meant = new Set(differing.map((row) => `${row.old} ${row.new}`))
    return changeOf(hunk, (line) => meant.has(`${line.old} ${line.new}`))
  }
  const discard = ({ file }: Part, change: Change | null): void => {
    if (file === null) return
    const { path, oldPath } = file
    setDiscarding({ path, oldPath, ...(change === null ? {} : { hunk: change.patch, lines: change.lines }) })
  }
  const header = (item: DiffItem) => {
    const part = partOf.get(item.id)
    if (part === undefined) return null
    const path = pathOf(part)
    const lost = missing.some((file) => file.path === path)
    const whole = part.read.type === 'change' || part.read.type === 'rename-changed'
    return (
      <FileHeader
        part={part}
        collapsed={item.collapsed === true}
        empty={!lost && part.read.hunks.length === 0 && (item.annotations ?? []).length === 0}
        viewed={marked.get(path) ?? part.file?.viewed ?? false}
        beyond={lost ? (beyond.get(path) ?? 'not-asked') : null}
        comments={made.commentsOf.get(path)?.filter(({ state }) => state !== 'resolved').length ?? 0}
        menu={fileMenu(part, noDiscard(of, part, shown.blanks, false), {
          comment: () => commentOn(part, null),
          edit: () => void editFile(session.name, path),
          copyPath: () => void copy(path, `“${path}”`),
          expand: whole ? () => part.read.hunks.forEach((_, hunk) => expand(part, hunk, ALL_LINES)) : null,
          discard: () => discard(part, null),
          foldAll: () => ask('fold-all'),
          unfoldAll: () => ask('unfold-all'),
        })}
        onFold={(fold) => setFold(part.id, fold)}
        onView={(viewed) => {
          setFold(part.id, undefined)
          markViewed([path], viewed)
        }}
        onWant={() => want(path)}
      />
    )
  }
  return (
    <div ref={room} className={styles['room']}>
      <WorkerPoolContext.Provider value={pool}>
        <CodeView<Note>
          ref={view}
          containerRef={(element) => {
            scroller.current = element
            reachable(element)
          }}
          items={items}
          options={options}
          className={styles['diff'] ?? ''}
          style={wrap ? WRAPPED : LOOK}
          onScroll={() => {
            top()
            painter.schedule()
          }}
          onSelectedLinesChange={setSelection}
          renderCustomHeader={(item) => (item.type === 'diff' ? header(item) : null)}
          renderAnnotation={({ metadata }, _, item) => (
            <DiffNote
              note={metadata}
              made={made}
              part={partOf.get(item.id)}
              {...{ session, of, shown }}
              onClosed={() => scroller.current?.focus({ preventScroll: true })}
            />
          )}
        />
      </WorkerPoolContext.Provider>
      {finding === null ? null : (
        <FindInDiff
          {...{ view, parts, walk, painter }}
          missing={missing.find(({ path }) => !beyond.has(path))?.path ?? null}
          onWant={want}
          onUnfold={unfold}
          asked={finding}
          onClose={() => {
            setFinding(null)
            scroller.current?.focus({ preventScroll: true })
          }}
        />
      )}
      {selected === null || isBusy ? null : (
        <SelectionBar
          lines={selected.lines}
          onComment={() => commentOn(selected.part, selected.lines)}
          onCopy={() => void copy(textOfSelected() ?? '', linesWords(selected.lines))}
          onEdit={() =>
            void editFile(session.name, pathOf(selected.part), selected.lines.side === 'new' ? selected.lines.start : undefined)
          }
          discardRefused={
            differing.length === 0 ? 'These lines did not change.' : noDiscard(of, selected.part, shown.blanks, true)
          }
          onDiscard={() => {
            const change = changeAt()
            if (change !== null) discard(selected.part, change)
          }}
          onClose={() => {
            unselect()
            scroller.current?.focus({ preventScroll: true })
          }}
        />
      )}
      {discarding === null ? null : (
        <DiscardQuestion {...{ discarding, session, of }} head={shown.head} onClose={() => setDiscarding(null)} />
      )}
    </div>
  )
}

/** Whether a form is open on some of these lines. */
function isWrittenOn(writings: Iterable<Writing>, { part, lines }: { readonly part: Part; readonly lines: Lines }): boolean {
  return [...writings].some(({ path, lines: begun, code }) => {
    if (begun === null || path !== pathOf(part)) return false
    const now = linesNow(begun, code, rowsOf(part.read))
    return now !== null && now.side === lines.side && now.start <= lines.end && now.end >= lines.start
  })
}

/** The keyboard scrolls what it can reach. */
function reachable(scroller: HTMLElement | null): void {
  scroller?.setAttribute('role', 'region')
  scroller?.setAttribute('aria-label', 'Diff')
  scroller?.setAttribute('tabindex', '0')
}
