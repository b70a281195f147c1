/** The three panes under the cascade: terminal, review, queue. Their sizes are remembered for each repository. */

import { lazy, Suspense } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import * as z from 'zod'
import { Cascade } from '../cascade/Cascade.tsx'
import { Button } from '../design/Button.tsx'
import { EmptyState } from '../design/EmptyState.tsx'
import type { Shade } from '../design/use-theme.ts'
import { QueuePane } from '../queue/QueuePane.tsx'
import { ReviewPane } from '../review/ReviewPane.tsx'
import type { Repository } from '../../shared/model/repository.ts'
import type { Session } from '../../shared/model/session.ts'
import { recall, remember } from '../state/memory.ts'
import type { View } from '../state/projection.ts'
import { entryOf } from '../state/standing.ts'
import { openDialog, select, sessionOnShow, useAway, useWindow } from '../state/store.ts'
import styles from './Frame.module.css'
import { Fence } from './Fence.tsx'
import { sessionLines } from './session-lines.tsx'
import { focusCascade, focusTerminal } from './use-shortcuts.ts'

const TerminalPane = lazy(async () => ({ default: (await import('../terminal/TerminalPane.tsx')).TerminalPane }))

const layout = z.record(z.string(), z.number())
const DEFAULT_LAYOUT = { terminal: 43, review: 36, queue: 21 }

export type WorkspaceProps = { readonly view: View; readonly repository: Repository; readonly shade: Shade }

function NoSessions({ target, checks }: { readonly target: string; readonly checks: number }) {
  return (
    <main className={styles['nobody']} aria-label="No sessions">
      <EmptyState
        title="No sessions yet"
        action={
          <Button look="primary" onClick={() => openDialog('new-session')}>
            Start the first session
          </Button>
        }
      >
        A session is one Claude Code conversation in a worktree of its own. Start several, review them from left to right, and
        land them on {target} one after the other.
      </EmptyState>
      {checks > 0 ? null : (
        <p className={styles['aside']}>
          No checks are set: what you approve lands untested.{' '}
          <Button size="small" look="quiet" onClick={() => openDialog('settings')}>
            Set checks
          </Button>
        </p>
      )}
    </main>
  )
}

/** Draws the cascade and the panes of an open repository. */
export function Workspace({ view, repository, shade }: WorkspaceProps) {
  const selected = useWindow((state) => state.selected)
  const stopping = useWindow((state) => state.stopping)
  const away = useAway()
  const session = sessionOnShow(view.sessions, selected)
  const linesOf = (one: Session) => sessionLines(one, stopping.includes(one.id), away)
  const target = repository.target?.branch ?? 'the target'
  const key = `panes.${repository.id}`
  const openByName = (name: string): void => select(view.sessions.find((one) => one.name === name)?.id ?? selected)
  const untouched = session === null && view.queue.length === 0
  return (
    <>
      <Cascade
        sessions={view.sessions}
        queue={view.queue}
        selected={session?.id ?? null}
        stopping={stopping}
        linesOf={linesOf}
        onSelect={select}
        onEnter={focusTerminal}
        onNew={() => openDialog('new-session')}
      />
      {untouched ? (
        <NoSessions target={target} checks={view.config.checks.length} />
      ) : (
        <Group
          key={repository.id}
          id="panes"
          className={styles['panes']}
          orientation="horizontal"
          defaultLayout={recall(key, layout, DEFAULT_LAYOUT)}
          onLayoutChanged={(sizes, meta) => (meta.isUserInteraction ? remember(key, sizes) : undefined)}
        >
          <Panel id="terminal" minSize="20%" className={styles['pane']}>
            {session === null ? (
              <EmptyState title="No session on show">The terminal of a session shows here.</EmptyState>
            ) : (
              <Fence key={session.id} of="terminal">
                <Suspense fallback={null}>
                  <TerminalPane
                    session={session}
                    stopping={stopping.includes(session.id)}
                    lines={linesOf(session)}
                    shade={shade}
                    onLeave={focusCascade}
                  />
                </Suspense>
              </Fence>
            )}
          </Panel>
          <Separator className={styles['grip']} aria-label="Resize the terminal" />
          <Panel id="review" minSize="20%" className={styles['pane']}>
            {session === null ? (
              <EmptyState title="Nothing to review">What a session changes shows here.</EmptyState>
            ) : (
              <Fence key={session.id} of="review">
                <ReviewPane
                  session={session}
                  entry={entryOf(view.queue, session.name)}
                  trusted={repository.trusted}
                  target={target}
                  shade={shade}
                />
              </Fence>
            )}
          </Panel>
          <Separator className={styles['grip']} aria-label="Resize the queue" />
          <Panel id="queue" minSize="14%" className={styles['pane']}>
            <QueuePane
              queue={view.queue}
              sessions={view.sessions}
              target={target}
              checks={view.config.checks}
              onOpen={openByName}
            />
          </Panel>
        </Group>
      )}
    </>
  )
}
