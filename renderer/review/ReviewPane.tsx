/** The review of one session: what it changed, approval of exactly that, and the way to land it. */

import { useEffect, useEffectEvent, type ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Comment } from '../../shared/model/review.ts'
import { reviewedBy } from '../../shared/model/reviewing.ts'
import type { Session } from '../../shared/model/session.ts'
import type { CommandId } from '../commands/table.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { EmptyState } from '../design/EmptyState.tsx'
import type { Shade } from '../design/use-theme.ts'
import { useReviewOf } from '../state/review-of.ts'
import { chooseSide, closeOver, reloadDiff, setReviewed, sideOf, useReview } from '../state/reviewed.ts'
import { cascadeOf } from '../state/standing.ts'
import { openDialog, select, useHouse } from '../state/store.ts'
import { useSummaryOf } from '../state/summary-of.ts'
import { About } from './About.tsx'
import { ReviewBody } from './ReviewBody.tsx'
import { ReviewHeader } from './ReviewHeader.tsx'
import styles from './ReviewPane.module.css'
import { countedOf, keepCount } from './counted.ts'
import { countsOf } from './standing.ts'
import { useDiff } from './use-diff.ts'
import { useNarrow } from './use-narrow.ts'
import { useFresh, useLooked } from './use-looked.ts'

export type ReviewPaneProps = {
  readonly session: Session
  readonly entry: Entry | null
  readonly trusted: boolean
  readonly target: string
  readonly shade: Shade
  /** What can be decided, as the lines of a menu. */
  readonly lines: ReactNode
  /** Runs a command of the window on this session. */
  readonly onRun: (id: CommandId) => void
  /** The buttons of the pane itself, for its header. */
  readonly controls?: ReactNode
}

/** In place of the review of a session that has nothing to review. */
function Research({ session, controls }: Pick<ReviewPaneProps, 'session' | 'controls'>) {
  const of = useHouse(({ projection }) => reviewedBy(session, projection.view?.sessions ?? []))
  return (
    <section className={styles['pane']} aria-label="Review" id="review-pane" data-of={session.id} tabIndex={-1}>
      <header className={styles['header']}>
        <h2 className={styles['title']}>Review</h2>
        {controls}
      </header>
      {of === null ? (
        <ResearchAlone session={session} />
      ) : (
        <EmptyState title={`It reviews “${of.name}”`} action={<Button onClick={() => select(of.id)}>Show “{of.name}”</Button>}>
          What it finds becomes comments there, as drafts. It changes nothing itself.
        </EmptyState>
      )}
    </section>
  )
}

function ResearchAlone({ session }: Pick<ReviewPaneProps, 'session'>) {
  return (
    <EmptyState
      title="A research session changes nothing"
      action={<Button onClick={() => openDialog('fork', { at: session.id })}>Fork…</Button>}
    >
      It reads the main checkout in plan mode, so there is nothing to review or to land. Fork it to go on in a worktree of its
      own.
    </EmptyState>
  )
}

const NO_COMMENTS: readonly Comment[] = []

/** Draws the region “Review”. */
export function ReviewPane(props: ReviewPaneProps) {
  return props.session.research ? <Research {...props} /> : <Changes {...props} />
}

function Changes({ session, entry, trusted, target, shade, lines, onRun, controls }: ReviewPaneProps) {
  const of = useReview((review) => sideOf(review, session.id))
  const state = useDiff(session, of)
  const review = useReviewOf(session)
  const summary = useSummaryOf(session)
  const fresh = useFresh(session, review)
  const others = useHouse(
    useShallow(({ projection }) =>
      cascadeOf(projection.view?.sessions ?? []).filter(({ id, research }) => id !== session.id && !research),
    ),
  )
  const { pane, narrow } = useNarrow()
  const shown = state.kind === 'ready' ? state.shown : null
  useLooked(session, of, shown?.head ?? null)
  useEffect(() => {
    setReviewed(shown === null ? null : { session: session.id, of, head: shown.head, files: shown.diff.files })
  }, [session.id, of, shown])
  const counted = useEffectEvent((files: number) => keepCount(session, of, files))
  useEffect(() => {
    if (shown !== null) counted(shown.diff.files.length)
  }, [shown])
  // Not for each new diff of the same: the file that was just asked for is still to be gone to.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies
  useEffect(() => () => setReviewed(null), [session.id, of])
  // What was opened over one session means no other.
  useEffect(() => () => closeOver(session.id), [session.id])
  const onChoose = (next: DiffOf): void => chooseSide(session.id, next)
  return (
    <section ref={pane} className={styles['pane']} aria-label="Review" id="review-pane" data-of={session.id} tabIndex={-1}>
      <ReviewHeader
        {...{ of, session, entry, review, summary, others, fresh, lines, controls, onChoose, onRun }}
        narrow={narrow}
        onReload={reloadDiff}
        place={{ trusted, target }}
        seen={shown?.head ?? null}
        counts={countsOf(session, of, shown?.diff.files ?? null, countedOf(session))}
      />
      {session.problem === undefined || session.repair !== undefined ? null : <Banner tone="bad">{session.problem}</Banner>}
      <About summary={summary} of={of} onChoose={onChoose} />
      <ReviewBody
        {...{ state, of, session, entry, target, shade, others, narrow }}
        comments={review?.comments ?? NO_COMMENTS}
        onChoose={onChoose}
        onRetry={reloadDiff}
      />
    </section>
  )
}
