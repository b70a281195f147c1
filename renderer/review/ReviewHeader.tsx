/** The bars above the diff: what is on show and how it is drawn; then whether it is ready, what the session says of it, and the decision. */

import { MessageSquareReply } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Review, Summary } from '../../shared/model/review.ts'
import type { Session } from '../../shared/model/session.ts'
import type { CommandId } from '../commands/table.ts'
import { useKeys } from '../commands/use-keys.ts'
import { Button } from '../design/Button.tsx'
import { openDialog } from '../state/store.ts'
import { AboutButton } from './About.tsx'
import { Decide, type DecideProps } from './Decide.tsx'
import { DiffTools } from './DiffTools.tsx'
import { Readiness } from './Readiness.tsx'
import styles from './ReviewPane.module.css'
import { Sides } from './Sides.tsx'
import type { Counts } from './standing.ts'

export type ReviewHeaderProps = DecideProps & {
  readonly counts: Counts
  readonly review: Review | null
  readonly summary: Summary | null
  readonly others: readonly Pick<Session, 'id' | 'name'>[]
  readonly fresh: number | null
  readonly onChoose: (of: DiffOf) => void
  /** There is no room for two columns of code. */
  readonly narrow: boolean
  readonly onReload: () => void
  readonly onRun: (id: CommandId) => void
  /** The buttons of the pane itself. */
  readonly controls?: ReactNode
}

/** The way to send it back, with the number of comments that wait to be sent. */
function Answer({ session, review }: Pick<ReviewHeaderProps, 'session' | 'review'>) {
  const keys = useKeys('review.answer')
  const drafts = review?.comments.filter(({ state }) => state === 'draft').length ?? 0
  return (
    <Button
      size="small"
      className={styles['answer']}
      icon={<MessageSquareReply />}
      refused={session.state === 'archived' ? 'It is archived. Restore it first.' : null}
      aria-keyshortcuts={keys}
      onClick={() => openDialog('answer', { at: session.id })}
    >
      Ask for changes…
      {drafts === 0 ? null : (
        <span className={styles['drafts']}>
          {drafts}
          <span className="visually-hidden">{drafts === 1 ? ' comment' : ' comments'}</span>
        </span>
      )}
    </Button>
  )
}

/** Draws the bars. */
export function ReviewHeader({
  of,
  counts,
  review,
  summary,
  others,
  fresh,
  onChoose,
  narrow,
  onReload,
  onRun,
  controls,
  ...decide
}: ReviewHeaderProps) {
  const { session, entry, seen } = decide
  return (
    <header className={styles['bars']}>
      <Sides {...{ session, of, counts, review, summary, others, fresh, onChoose }} />
      <DiffTools {...{ narrow, onReload }} />
      <span className={styles['controls']}>{controls}</span>
      <span className={styles['break']} aria-hidden="true" />
      <Readiness {...{ session, entry, review, of, seen, onRun }} />
      <span className={styles['second']} aria-hidden="true" />
      <AboutButton summary={summary} />
      <Answer session={session} review={review} />
      <Decide of={of} {...decide} />
    </header>
  )
}
