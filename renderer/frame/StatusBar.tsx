/** The bar at the bottom: who waits for you, what runs, what it cost, what clashes, whether Sluice is there. */

import { useShallow } from 'zustand/react/shallow'
import { takesRoom } from '../../shared/model/session.ts'
import { useKeys } from '../commands/use-keys.ts'
import { StateMark } from '../design/StateMark.tsx'
import { counted, money, since, waitWords } from '../state/format.ts'
import { openDialog, useHouse, type Connection } from '../state/store.ts'
import { sweep } from '../state/sweep.ts'
import { useNow } from '../state/use-now.ts'
import { nextClashing } from './clashes.ts'
import { factsNow, goToPane, run } from './run-command.ts'
import styles from './Bars.module.css'

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

function Waits() {
  const now = useNow(10_000)
  const keys = useKeys('sweep')
  const { count, longest } = useHouse(
    useShallow(({ projection: { view } }) => {
      const waiting = view === null ? [] : sweep(view.sessions, view.queue)
      return { count: waiting.length, longest: waiting[0]?.since }
    }),
  )
  if (longest === undefined) return <span>Nobody waits for you</span>
  const waited = since(longest, now)
  return (
    <button
      type="button"
      className={styles['waiting']}
      title={`Go to whoever waits longest${keys === undefined ? '' : ` (${keys})`}`}
      onClick={() => run('sweep')}
    >
      <StateMark shape="disc" tone="needs-you" />
      {count} {count === 1 ? 'waits' : 'wait'} for you
      {waited < WORTH_SAYING ? null : ` · ${waitWords(waited)}`}
    </button>
  )
}

function Running() {
  const running = useHouse(({ projection }) => projection.view?.sessions.filter((session) => takesRoom(session)).length ?? 0)
  const inLine = useHouse(({ projection }) => projection.view?.sessions.filter(({ place }) => place !== undefined).length ?? 0)
  const most = useHouse(({ projection }) => projection.view?.config.maxSessions ?? 0)
  return (
    <>
      <button
        type="button"
        className={styles['fact']}
        title={RUNNING}
        aria-describedby="status-running"
        onClick={() => openDialog('settings', { at: 'maxSessions' })}
      >
        {running} of {most} running
        {inLine === 0 ? null : `, ${inLine} ${inLine === 1 ? 'waits' : 'wait'} in line`}
      </button>
      <span id="status-running" hidden>
        {RUNNING}
      </span>
    </>
  )
}

const GIGA = 1_000_000_000

/** Said only when it is low: nobody needs to watch it. */
function Memory() {
  const left = useHouse(({ projection: { view } }) =>
    view?.machine.memory?.low === true ? (view.machine.memory.availableBytes / GIGA).toFixed(1) : null,
  )
  return (
    <output title="Another session may not fit well. Stop or pause one that you do not need now.">
      {left === null ? null : `Memory is low: ${left} GB free`}
    </output>
  )
}

function Spent() {
  const spent = useHouse(({ projection }) =>
    money(projection.view?.sessions.reduce((sum, { spentUsd }) => sum + spentUsd, 0) ?? 0),
  )
  return <span>{spent} spent</span>
}

function goToClash(): void {
  const facts = factsNow()
  const next = facts === null ? null : nextClashing(facts.view, facts.session?.name ?? null)
  if (next !== null) goToPane('review', next)
}

function Clashes() {
  const pairs = useHouse(({ projection }) => projection.view?.overlap.pairs)
  const clashes = pairs?.filter(({ kind }) => kind === 'clash') ?? []
  if (clashes.length === 0) return null
  const who = clashes.map(({ a, b }) => `“${a}” with ${b === 'target' ? 'the target' : `“${b}”`}`).join(', ')
  return (
    <button type="button" className={styles['fact']} title={`${who}. Goes to the next of them.`} onClick={goToClash}>
      {counted(clashes.length, 'overlap')}
    </button>
  )
}

/** Draws the status bar. */
export function StatusBar() {
  const connection = useHouse((state) => state.connection)
  return (
    <footer className={styles['status']} aria-label="Status">
      <Waits />
      <Running />
      <Spent />
      <Clashes />
      <Memory />
      <span className={styles['connection']} data-connection={connection}>
        {CONNECTION[connection]}
      </span>
    </footer>
  )
}
