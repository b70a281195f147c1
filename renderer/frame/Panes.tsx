/** Terminal, review and queue side by side: which of them show and how wide they are, remembered for each repository. */

import { Fragment, lazy, memo, Suspense, useDeferredValue, useLayoutEffect, type ReactNode } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { useShallow } from 'zustand/react/shallow'
import type { Repository } from '../../shared/model/repository.ts'
import { EmptyState } from '../design/EmptyState.tsx'
import type { Shade } from '../design/use-theme.ts'
import { QueuePane } from '../queue/QueuePane.tsx'
import { ReviewPane } from '../review/ReviewPane.tsx'
import { isShown, PANES, setNarrow, usePanes, type Pane } from '../state/panes.ts'
import { entryOf } from '../state/standing.ts'
import { select, sessionOnShow, useHouse, useWindow } from '../state/store.ts'
import { Fence } from './Fence.tsx'
import { PaneButtons, Rail } from './PaneButtons.tsx'
import styles from './Panes.module.css'
import { ReviewLines } from './ReviewLines.tsx'
import { run } from './run-command.ts'
import { SessionMenu, SessionState } from './SessionHead.tsx'
import { focusCascade } from './focus.ts'
import { useSizes } from './use-sizes.ts'

const Terminals = lazy(async () => ({ default: (await import('../terminal/Terminals.tsx')).Terminals }))

type Place = { readonly repository: Repository; readonly shade: Shade }

function useSelected(): string | null {
  const chosen = useWindow((state) => state.selected)
  return useHouse(({ projection }) => sessionOnShow(projection.view?.sessions ?? [], chosen)?.id ?? null)
}

// One of each for all renders: what a terminal is given must not change because something else did.
const menuOf = (id: string): ReactNode => <SessionMenu id={id} />
const stateOf = (id: string): ReactNode => <SessionState id={id} />
const CORNER = <PaneButtons of="terminal" />

function TerminalRoom({ shade }: Place) {
  if (useSelected() === null) {
    return <EmptyState title="No session on show">The terminal of a session shows here.</EmptyState>
  }
  return (
    <Fence of="terminal">
      <Suspense fallback={<div className={styles['coming']} aria-busy="true" />}>
        <Terminals shade={shade} corner={CORNER} menuOf={menuOf} stateOf={stateOf} onLeave={focusCascade} />
      </Suspense>
    </Fence>
  )
}

function ReviewRoom({ repository, shade }: Place) {
  // The tab and the terminal of another session are painted before its diff, which takes longer.
  const selected = useDeferredValue(useSelected())
  const session = useHouse(({ projection }) => projection.view?.sessions.find(({ id }) => id === selected) ?? null)
  const entry = useHouse(({ projection }) => entryOf(projection.view?.queue ?? [], session?.name ?? ''))
  if (session === null) return <EmptyState title="Nothing to review">What a session changes shows here.</EmptyState>
  return (
    <Fence key={session.id} of="review">
      <ReviewPane
        session={session}
        entry={entry}
        trusted={repository.trusted}
        target={repository.target?.branch ?? 'the target'}
        shade={shade}
        lines={<ReviewLines id={session.id} />}
        onRun={(id) => run(id, session.id)}
        controls={<PaneButtons of="review" />}
      />
    </Fence>
  )
}

function openByName(name: string): void {
  const session = useHouse.getState().projection.view?.sessions.find((one) => one.name === name)
  if (session !== undefined) select(session.id)
}

function QueueRoom({ repository }: Place) {
  const queue = useHouse(({ projection }) => projection.view?.queue)
  const checks = useHouse(({ projection }) => projection.view?.config.checks)
  const sessions = useHouse(
    useShallow(({ projection }) =>
      (projection.view?.sessions ?? []).filter(({ name }) => queue?.some((entry) => entry.session === name)),
    ),
  )
  return (
    <Fence of="queue">
      <QueuePane
        queue={queue ?? []}
        sessions={sessions}
        target={repository.target?.branch ?? 'the target'}
        checks={checks ?? []}
        onOpen={openByName}
        controls={<PaneButtons of="queue" />}
      />
    </Fence>
  )
}

const ROOMS: Readonly<Record<Pane, (place: Place) => ReactNode>> = {
  terminal: TerminalRoom,
  review: ReviewRoom,
  queue: QueueRoom,
}
const LEAST: Readonly<Record<Pane, string>> = { terminal: '20%', review: '20%', queue: '14%' }

/** Below this the queue has no room beside the other two. */
const NARROW = '(width < 56.25rem)'

/** Watches whether the window has room for three panes. */
function useRoom(): void {
  useLayoutEffect(() => {
    const query = window.matchMedia(NARROW)
    const tell = (): void => setNarrow(query.matches)
    tell()
    query.addEventListener('change', tell)
    return () => query.removeEventListener('change', tell)
  }, [])
}

/** Draws the panes of an open repository. */
export const Panes = memo(function Panes({ repository, shade }: Place) {
  useRoom()
  const shown = usePanes(useShallow((panes) => PANES.filter((pane) => isShown(panes, pane))))
  const { group, layout, resized, reset, onKeyDown } = useSizes(repository.id, shown)

  return (
    <main className={styles['room']} aria-label="Session" onKeyDownCapture={onKeyDown}>
      <Rail panes={['terminal']} />
      <Group
        id="panes"
        className={styles['panes']}
        orientation="horizontal"
        groupRef={group}
        defaultLayout={layout}
        onLayoutChanged={(after, { isUserInteraction }) => (isUserInteraction ? resized(after) : undefined)}
      >
        {shown.map((pane, at) => {
          const Room = ROOMS[pane]
          return (
            <Fragment key={pane}>
              {at === 0 ? null : (
                <Separator
                  className={styles['grip']}
                  aria-label={`Resize the ${shown[at - 1]} and the ${pane}`}
                  disableDoubleClick
                  onDoubleClick={reset}
                />
              )}
              <Panel id={pane} minSize={LEAST[pane]} className={styles['pane']}>
                <Room repository={repository} shade={shade} />
              </Panel>
            </Fragment>
          )
        })}
      </Group>
      <Rail panes={['review', 'queue']} />
      {/* What a tab of the cascade controls stays on the page, also while it is folded away. */}
      {PANES.filter((pane) => !shown.includes(pane)).map((pane) => (
        <div key={pane} id={`${pane}-pane`} hidden />
      ))}
    </main>
  )
})
