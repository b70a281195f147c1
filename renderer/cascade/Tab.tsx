/** One tab of the cascade. Its width depends on how many tabs there are, never on what it says; every fact has a place of its own. */

import { CircleAlert, CopyMinus, GitCompareArrows, SquareDashed, Telescope } from 'lucide-react'
import { memo, useId, useRef, type ReactNode } from 'react'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { Size } from '../design/Badge.tsx'
import { ContextMenu } from '../design/Menu.tsx'
import { StateMark } from '../design/StateMark.tsx'
import { circled, money, since, waitWords } from '../state/format.ts'
import { askWords, sentenceOf, waitingSince } from '../state/standing.ts'
import styles from './Cascade.module.css'
import { costWords, describe, isOverBudget, sizeWords } from './describing.ts'
import type { Edge } from './order.ts'
import type { Overlapping } from './overlapping.ts'
import { Rename } from './Rename.tsx'
import { tell, type Telling } from './telling.ts'
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
  /** The edge at which a tab that is held over the strip would come to stand. */
  readonly edge: Edge | null
  readonly mayDrag: () => boolean
}

/** A wait of seconds is none. */
const WORTH_SAYING = 60_000

const OVERLAP_ICON: Readonly<Record<Overlapping['kind'], ReactNode>> = {
  clash: <GitCompareArrows />,
  'same-file': <CopyMinus />,
  'out-of-scope': <SquareDashed />,
}

/** The whole of what the tab may have to cut short. */
function titleOf(session: Session): string {
  const { name, branch, model, insertions, deletions } = session
  return [`${name} on ${branch}, ${model}`, sentenceOf(session), sizeWords(insertions, deletions)].filter(Boolean).join('\n')
}

type Of = Pick<TabProps, 'session' | 'overlapping' | 'budgetUsd'>

function Cost({ session: { spentUsd }, budgetUsd }: Of) {
  const over = isOverBudget(spentUsd, budgetUsd)
  return (
    <span className={styles['cost']} data-over={over || undefined} title={over ? costWords(spentUsd, budgetUsd) : undefined}>
      {over ? <CircleAlert /> : null}
      {money(spentUsd)}
    </span>
  )
}

/** Keeps its room also while there is nothing to say: no number beside it ever moves. */
function OverlapBadge({ overlapping }: Of) {
  if (overlapping === null) return <span className={styles['overlap']} />
  const { kind, count, sentence } = overlapping
  return (
    <span className={styles['overlap']} data-kind={kind} title={sentence}>
      {OVERLAP_ICON[kind]}
      {count}
    </span>
  )
}

function Place({ place }: Pick<TabProps, 'place'>) {
  return (
    <span className={styles['place']} title={place === null ? undefined : `Place ${place} in the queue`}>
      {place === null ? null : circled(place)}
    </span>
  )
}

/** In the room of the numbers: while it asks, that is what matters of it, and only the cost stays beside it. */
function Asks({ asks, ...of }: Of & { readonly asks: string }) {
  return (
    <span className={styles['numbers']}>
      <code className={styles['asks']}>{asks}</code>
      <Cost {...of} />
    </span>
  )
}

function Numbers(of: Of) {
  const { insertions, deletions, research } = of.session
  return (
    <span className={styles['numbers']}>
      <span className={styles['size']}>
        {research ? (
          <span className={styles['badge']}>
            <Telescope /> Research
          </span>
        ) : insertions + deletions === 0 ? null : (
          <Size insertions={insertions} deletions={deletions} />
        )}
      </span>
      <OverlapBadge {...of} />
      <Cost {...of} />
    </span>
  )
}

type Times = { readonly waited: number | null; readonly silent: number | null }

/** What a tab shows below its name. It is read to nobody: the description has it in words. */
function Rows({
  telling,
  waited,
  silent,
  asks,
  ...of
}: Of & Times & { readonly telling: Telling; readonly asks: string | null }) {
  return (
    <span className={styles['says']} aria-hidden="true">
      <span className={styles['state']} data-tone={telling.tone}>
        <StateMark shape={telling.shape} tone={telling.tone} />
        <span className={styles['word']}>{telling.word}</span>
        {waited === null ? null : <span className={styles['wait']}>· {waitWords(waited)}</span>}
        {silent === null ? null : <span className={styles['quiet']}>· silent {waitWords(silent)}</span>}
      </span>
      {asks === null ? <Numbers {...of} /> : <Asks {...of} asks={asks} />}
    </span>
  )
}

/** Draws a tab; its accessible name is the session's name, the rest is its description. */
export const Tab = memo(function Tab(props: TabProps) {
  const { session, entry, number, place, overlapping, budgetUsd, selected, stopping, taken, edge, onSelect } = props
  const says = useId()
  const element = useRef<HTMLDivElement>(null)
  const dragged = useDrag(element, session.id, props.mayDrag)
  const telling = tell(session, entry, stopping)
  const waiting = since(waitingSince(session, entry) ?? undefined, props.now)
  const waited = stopping || waiting < WORTH_SAYING ? null : waiting
  const overlaps = overlapping?.sentence ?? null
  const quiet = session.state === 'working' ? since(session.silentSince, props.now) : 0
  const silent = stopping || quiet < WORTH_SAYING ? null : quiet
  const asks = stopping ? null : askWords(session)
  // Firefox drags no <button>. No aria-labelledby: the name is what is not hidden, so that name and visible label never differ.
  const tab = (
    <div
      ref={element}
      role="tab"
      className={styles['tab']}
      data-session={session.id}
      data-name={session.name}
      data-dragged={dragged || undefined}
      data-drop={edge ?? undefined}
      aria-selected={selected}
      aria-controls="terminal-pane review-pane"
      aria-describedby={says}
      tabIndex={selected ? 0 : -1}
      title={titleOf(session)}
      onClick={() => onSelect(session.id)}
      onKeyDown={({ key }) => ((key === ' ' || key === 'Enter') && !selected ? onSelect(session.id) : undefined)}
      onContextMenu={() => onSelect(session.id)}
      onDoubleClick={() => props.onRename(session.id)}
    >
      <span className={styles['head']}>
        <span className={styles['number']} aria-hidden="true">
          {number}
        </span>
        <span className={styles['name']}>{session.name}</span>
        <span aria-hidden="true">
          <Place place={place} />
        </span>
      </span>
      <Rows {...{ session, overlapping, budgetUsd, telling, waited, silent, asks }} />
      <span id={says} hidden>
        {describe({ ...session, word: telling.word, waited, silent, asks, place, budgetUsd, overlaps })}
      </span>
    </div>
  )
  return (
    <>
      <ContextMenu trigger={tab}>{props.menuOf(session.id)}</ContextMenu>
      {taken === null ? null : <Rename session={session} taken={taken} tab={element} />}
    </>
  )
})
