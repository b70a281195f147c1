/** The diff itself: virtualised and coloured in workers by @pierre/diffs, which only this file imports. Loaded when first needed. */

import { parsePatchFiles } from '@pierre/diffs'
import { CodeView, WorkerPoolContext, type CodeViewHandle, type CodeViewItem } from '@pierre/diffs/react'
import { getOrCreateWorkerPoolSingleton } from '@pierre/diffs/worker'
import { useEffect, useEffectEvent, useMemo, useRef, type CSSProperties } from 'react'
import type { Shade } from '../design/use-theme.ts'
import type { DiffStyle } from '../state/store.ts'
import styles from './DiffView.module.css'
import { FileHeader } from './FileName.tsx'
import type { ShownDiff } from './use-diff.ts'

/** Of the themes that come with the highlighter the two whose colours can be read on the tints of added and removed lines. */
const THEME = { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } as const

/** One pool for the life of the page: starting workers costs more than any diff. */
const pool = getOrCreateWorkerPoolSingleton({
  poolOptions: {
    workerFactory: () => new Worker(new URL('./diff-worker.ts', import.meta.url), { type: 'module' }),
    poolSize: Math.min(3, Math.max(1, navigator.hardwareConcurrency - 1)),
  },
  // The JavaScript engine of the highlighter: the page may not compile WebAssembly.
  highlighterOptions: { preferredHighlighter: 'shiki-js', theme: THEME },
})

/** Sizes that the library computes with must be the ones that the style sheet says. */
const sizeOf = (token: string): number => Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(token))

/** Inside the library's own shadow root: its surfaces and signs take our colours, its file headers our density. */
const INSIDE = `
  :host {
    --diffs-light-bg: var(--surface);
    --diffs-dark-bg: var(--surface);
    --diffs-bg-context-override: var(--surface);
    --diffs-bg-context-gutter-override: var(--surface);
    --diffs-bg-separator-override: var(--sunken);
    --diffs-addition-color-override: var(--good);
    --diffs-deletion-color-override: var(--bad);
    --diffs-bg-addition-emphasis-override: var(--added-word);
    --diffs-bg-deletion-emphasis-override: var(--removed-word);
    --diffs-fg-number-override: var(--ink-3);
    --diffs-modified-color-override: var(--ink-3);
  }
  /* The light theme's comments, its one colour that is too faint where words changed. */
  [data-line] span[style*='66707b' i] {
    --diffs-token-light: var(--ink-2) !important;
  }
  [data-diffs-header] {
    min-height: var(--diff-header);
    height: var(--diff-header);
    padding: 0;
    border-bottom: var(--hairline) solid var(--line);
    background: var(--sunken);
    font-size: var(--text-sm);
  }
`

/** The keyboard scrolls what it can reach. */
function reachable(scroller: HTMLElement | null): void {
  scroller?.setAttribute('role', 'region')
  scroller?.setAttribute('aria-label', 'Diff')
  scroller?.setAttribute('tabindex', '0')
}

/** What the library lets a page set: its own variables, given our tokens. */
const LOOK = {
  '--diffs-font-family': 'var(--code)',
  '--diffs-font-size': 'var(--text-sm)',
  '--diffs-line-height': 'var(--leading-code)',
  '--diffs-header-font-family': 'var(--font)',
} as CSSProperties

export type DiffViewProps = {
  readonly shown: ShownDiff
  readonly diffStyle: DiffStyle
  readonly wrap: boolean
  readonly shade: Shade
  /** The file to go to, the line in it where one is meant, and how often that was asked. */
  readonly goTo: { readonly path: string; readonly line: number | null; readonly asked: number } | null
}

/** The parsed files as the items of the view; never throws: what cannot be parsed is left out. */
function itemsOf(shown: ShownDiff): CodeViewItem<undefined>[] {
  const files = parsePatchFiles(shown.patch, { cacheKeyPrefix: `revision ${shown.revision}` }).flatMap((patch) => patch.files)
  // A file that turned into a link, or back, has two sections of one name; the view throws on an id that comes twice.
  const taken = new Map<string, number>()
  return files.map((fileDiff) => {
    const times = taken.get(fileDiff.name) ?? 0
    taken.set(fileDiff.name, times + 1)
    const id = times === 0 ? fileDiff.name : `${fileDiff.name}\0${times}`
    return { id, type: 'diff', fileDiff, version: shown.revision }
  })
}

/** True where the diff shows the line, changed or not. */
function hasLine(item: CodeViewItem<undefined>, line: number): boolean {
  const hunks = item.type === 'diff' ? item.fileDiff.hunks : []
  return hunks.some(({ additionStart, additionCount }) => line >= additionStart && line < additionStart + additionCount)
}

function headerOf(item: CodeViewItem<undefined>) {
  return item.type === 'diff' ? <FileHeader file={item.fileDiff} /> : null
}

/** Draws the diff of one session. */
export function DiffView({ shown, diffStyle, wrap, shade, goTo }: DiffViewProps) {
  const view = useRef<CodeViewHandle<undefined, undefined>>(null)
  const items = useMemo(() => itemsOf(shown), [shown])
  const options = useMemo(
    () =>
      ({
        theme: THEME,
        themeType: shade,
        diffStyle,
        diffIndicators: 'bars',
        hunkSeparators: 'line-info-basic',
        overflow: wrap ? 'wrap' : 'scroll',
        stickyHeaders: true,
        layout: { paddingTop: 0, paddingBottom: 0, gap: 0 },
        itemMetrics: { lineHeight: sizeOf('--leading-code'), diffHeaderHeight: sizeOf('--diff-header') },
        unsafeCSS: INSIDE,
      }) as const,
    [shade, diffStyle, wrap],
  )
  const go = useEffectEvent(({ path, line }: NonNullable<typeof goTo>) => {
    const item = items.find(({ id }) => id === path)
    if (item === undefined) return
    const shownLine = line !== null && hasLine(item, line) ? line : null
    const range = shownLine === null ? null : ({ start: shownLine, end: shownLine, side: 'additions' } as const)
    view.current?.setSelectedLines(range === null ? null : { id: path, range })
    view.current?.scrollTo(
      range === null
        ? { type: 'item', id: path, align: 'start', behavior: 'instant' }
        : { type: 'range', id: path, range, align: 'center', behavior: 'instant' },
    )
  })
  useEffect(() => {
    if (goTo !== null) go(goTo)
  }, [goTo])
  return (
    <WorkerPoolContext.Provider value={pool}>
      <CodeView
        ref={view}
        containerRef={reachable}
        items={items}
        options={options}
        className={styles['diff'] ?? ''}
        style={LOOK}
        renderCustomHeader={headerOf}
      />
    </WorkerPoolContext.Provider>
  )
}
