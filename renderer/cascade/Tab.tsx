/** One tab of the cascade. Its width depends on how many tabs there are, never on what it says; every fact has a place of its own. */

import { CircleAlert, CopyMinus, GitCompareArrows, SquareDashed } from 'lucide-react'
import { memo, useId, useRef, type ReactNode } from 'react'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { Size } from '../design/Badge.tsx'
import { ContextMenu } from '../design/Menu.tsx'
import { StateMark } from '../design/StateMark.tsx'
import { circled, money, since, waitWords } from '../state/format.ts'
import { sentenceOf, waitingSince } from '../state/standing.ts'
import styles from './Cascade.module.css'
import type { Edge } from './order.ts'
import type { Overlapping } from './overlapping.ts'
import { Rename } from './Rename.tsx'
import { tell } from './telling.ts'
import { useDrag } from './use-drag.ts'

export type TabProps = {
  readonly session: Session
  readonly entry: Entry | null
  /** Its number from the left, the key that selects it. */
  readonly number: number
  /** Its place in the queue, when it has one. */
  readonly place: number | null
  readonly overlapping: Overlapping | null
  /** What a session may cost, in US dollars; null for no limit. */
  readonly budgetUsd: number | null
  readonly selected: boolean
  readonly stopping: boolean
  readonly now: number
  /** The names of all sessions while this one gets another; null while it does not. */
  readonly taken: readonly string[] | null
  /** What its menu offers. */
  readonly menuOf: (id: string) => ReactNode
  readonly onSelect: (id: string) => void
  readonly onRename: (id: string) => void
  readonly onDrop: (dragged: string, over: string, edge: Edge) => void
}

/** A wait of seconds is none. */
const WORTH_SAYING = 60_000

const OVERLAP_ICON: Readonly<Record<Overlapping['kind'], ReactNode>> = {
  clash: <GitCompareArrows />,
  'same-file': <CopyMinus />,
  'out-of-scope': <SquareDashed />,
}

function titleOf({ name, branch, model, ...session }: Session): string {
  return [`${name} on ${branch}, ${model}`, sentenceOf({ name, branch, model, ...session })].filter(Boolean).join('\n')
}

function Cost({ spentUsd, budgetUsd }: { readonly spentUsd: number; readonly budgetUsd: number | null }) {
  const over = budgetUsd !== null && spentUsd > budgetUsd
  return (
    <span
      className={styles['cost']}
      data-over={over || undefined}
      title={over ? `Over its budget of ${money(budgetUsd)}` : undefined}
    >
      {over ? <CircleAlert aria-hidden="true" /> : null}
      {money(spentUsd)}
      {over ? <span className="visually-hidden">, over its budget of {money(budgetUsd)}</span> : null}
    </span>
  )
}

function State({ session, entry, stopping, now }: Pick<TabProps, 'session' | 'entry' | 'stopping' | 'now'>) {
  const telling = tell(session, entry, stopping)
  const waited = since(waitingSince(session, entry) ?? undefined, now)
  return (
    <span className={styles['state']} data-tone={telling.tone}>
      <StateMark shape={telling.shape} tone={telling.tone} />
      <span className={styles['word']}>{telling.word}</span>
      {stopping || waited < WORTH_SAYING ? null : <span className={styles['wait']}>· {waitWords(waited)}</span>}
    </span>
  )
}

function OverlapBadge({ overlapping }: { readonly overlapping: Overlapping }) {
  const { kind, count, sentence } = overlapping
  return (
    <span className={styles['overlap']} data-kind={kind} title={sentence}>
      {OVERLAP_ICON[kind]}
      {count}
    </span>
  )
}

/** Draws a tab; its accessible name is the session's name, the rest is its description. */
export const Tab = memo(function Tab(props: TabProps) {
  const { session, entry, number, place, overlapping, selected, stopping, taken, onSelect } = props
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const { dragged, edge } = useDrag(button, session.id, props.onDrop)
  const tab = (
    <button
      ref={button}
      type="button"
      role="tab"
      className={styles['tab']}
      data-session={session.id}
      data-dragged={dragged || undefined}
      data-drop={edge ?? undefined}
      aria-selected={selected}
      aria-controls="terminal-pane review-pane"
      aria-labelledby={`${id}-name`}
      aria-describedby={`${id}-says`}
      tabIndex={selected ? 0 : -1}
      title={titleOf(session)}
      onClick={() => onSelect(session.id)}
      onContextMenu={() => onSelect(session.id)}
      onDoubleClick={() => props.onRename(session.id)}
    >
      <span className={styles['head']}>
        <span className={styles['number']} aria-hidden="true">
          {number}
        </span>
        <span id={`${id}-name`} className={styles['name']}>
          {session.name}
        </span>
        {place === null ? null : (
          <span className={styles['place']} aria-hidden="true" title={`Place ${place} in the queue`}>
            {circled(place)}
          </span>
        )}
      </span>
      <span id={`${id}-says`} className={styles['says']}>
        {place === null ? null : <span className="visually-hidden">Place {place} in the queue</span>}
        <State session={session} entry={entry} stopping={stopping} now={props.now} />
        <span className={styles['numbers']}>
          <Size insertions={session.insertions} deletions={session.deletions} />
          {overlapping === null ? null : <OverlapBadge overlapping={overlapping} />}
          <Cost spentUsd={session.spentUsd} budgetUsd={props.budgetUsd} />
        </span>
        {overlapping === null ? null : <span className="visually-hidden">{overlapping.sentence}</span>}
      </span>
    </button>
  )
  return (
    <>
      <ContextMenu trigger={tab}>{props.menuOf(session.id)}</ContextMenu>
      {taken === null ? null : <Rename session={session} taken={taken} tab={button} />}
    </>
  )
})
