/** The bar at the bottom: who waits for you, what runs, what it cost, whether Sluice is there. */

import { isLive } from '../../shared/model/session.ts'
import { StateMark } from '../design/StateMark.tsx'
import { money, since, waitWords } from '../state/format.ts'
import type { View } from '../state/projection.ts'
import { sweep } from '../state/standing.ts'
import { openDialog, select, type Connection } from '../state/store.ts'
import { useNow } from '../state/use-now.ts'
import styles from './Frame.module.css'

/** A wait of seconds is none. */
const WORTH_SAYING = 60_000

/** What the number counts. */
const RUNNING =
  'Every session whose Claude Code runs counts, also while it waits for you; stopped ones do not. Opens the limit, “Sessions at once”, in the settings.'

const CONNECTION: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting…',
  open: 'Connected',
  lost: 'Reconnecting…',
}

/** Where the sweep leads from the session on show: the next one that waits, longest wait first. */
export function nextWaiting(
  waiting: readonly { readonly session: { readonly id: string } }[],
  selected: string | null,
): string | null {
  const at = waiting.findIndex((one) => one.session.id === selected)
  return (waiting[at + 1] ?? waiting[0])?.session.id ?? null
}

export type StatusBarProps = { readonly view: View; readonly selected: string | null; readonly connection: Connection }

/** Draws the status bar. */
export function StatusBar({ view, selected, connection }: StatusBarProps) {
  const now = useNow(10_000)
  const waiting = sweep(view.sessions, view.queue)
  const longest = waiting[0]
  const waited = since(longest?.since, now)
  const running = view.sessions.filter((session) => isLive(session.state)).length
  const spent = view.sessions.reduce((sum, session) => sum + session.spentUsd, 0)
  return (
    <footer className={styles['status']} aria-label="Status">
      {longest === undefined ? (
        <span>Nobody waits for you</span>
      ) : (
        <button
          type="button"
          className={styles['waiting']}
          title="Go to whoever waits longest (W)"
          onClick={() => select(nextWaiting(waiting, selected))}
        >
          <StateMark shape="disc" tone="needs-you" />
          {waiting.length} {waiting.length === 1 ? 'waits' : 'wait'} for you
          {waited < WORTH_SAYING ? null : ` · ${waitWords(waited)}`}
        </button>
      )}
      <button
        type="button"
        className={styles['fact']}
        title={RUNNING}
        aria-describedby="status-running"
        onClick={() => openDialog('settings', { at: 'maxSessions' })}
      >
        {running} of {view.config.maxSessions} running
      </button>
      <span id="status-running" hidden>
        {RUNNING}
      </span>
      <span>spent {money(spent)}</span>
      <span className={styles['connection']} data-connection={connection}>
        {CONNECTION[connection]}
      </span>
    </footer>
  )
}
