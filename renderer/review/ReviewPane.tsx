/** The review of one session: what it changed, approval of exactly that, and the way to land it. */

import { useEffect, useState, type ReactNode } from 'react'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { EmptyState } from '../design/EmptyState.tsx'
import type { Shade } from '../design/use-theme.ts'
import { askToCommit } from '../state/actions.ts'
import { chooseSide, reloadDiff, setReviewed, sideOf, useReview } from '../state/reviewed.ts'
import { takesPrompts } from '../state/standing.ts'
import { openDialog, useAway } from '../state/store.ts'
import { ReviewBody } from './ReviewBody.tsx'
import { ReviewHeader } from './ReviewHeader.tsx'
import styles from './ReviewPane.module.css'
import { countsOf } from './standing.ts'
import { useDiff } from './use-diff.ts'

export type ReviewPaneProps = {
  readonly session: Session
  readonly entry: Entry | null
  readonly trusted: boolean
  readonly target: string
  readonly shade: Shade
  /** The buttons of the pane itself, for its header. */
  readonly controls?: ReactNode
}

function Uncommitted({ session }: { readonly session: Session }) {
  const [asking, setAsking] = useState(false)
  const away = useAway()
  const ask = (): void => {
    setAsking(true)
    void askToCommit(session.name).finally(() => setAsking(false))
  }
  return (
    <Banner
      action={
        takesPrompts(session) ? (
          <Button size="small" look="quiet" busy={asking} refused={away} onClick={ask}>
            Ask the session to commit
          </Button>
        ) : null
      }
    >
      Uncommitted changes do not land.
    </Banner>
  )
}

/** In place of the review of a session that has nothing to review. */
function Research({ session, controls }: Pick<ReviewPaneProps, 'session' | 'controls'>) {
  return (
    <section className={styles['pane']} aria-label="Review" id="review-pane" data-of={session.id} tabIndex={-1}>
      <header className={styles['header']}>
        <h2 className={styles['title']}>Review</h2>
        {controls}
      </header>
      <EmptyState
        title="A research session changes nothing"
        action={<Button onClick={() => openDialog('fork', { at: session.id })}>Fork…</Button>}
      >
        It reads the main checkout in plan mode, so there is nothing to review or to land. Fork it to go on in a worktree of its
        own.
      </EmptyState>
    </section>
  )
}

/** Draws the region “Review”. */
export function ReviewPane(props: ReviewPaneProps) {
  return props.session.research ? <Research {...props} /> : <Changes {...props} />
}

function Changes({ session, entry, trusted, target, shade, controls }: ReviewPaneProps) {
  const of = useReview((review) => sideOf(review, session.id))
  const state = useDiff(session, of)
  const shown = state.kind === 'ready' ? state.shown : null
  useEffect(() => {
    setReviewed(shown === null ? null : { session: session.id, of, head: shown.head, files: shown.diff.files })
    return () => setReviewed(null)
  }, [session.id, of, shown])
  return (
    <section className={styles['pane']} aria-label="Review" id="review-pane" data-of={session.id} tabIndex={-1}>
      <ReviewHeader
        of={of}
        onChoose={(next) => chooseSide(session.id, next)}
        onReload={reloadDiff}
        controls={controls}
        session={session}
        entry={entry}
        place={{ trusted, target }}
        seen={shown?.head ?? null}
        counts={countsOf(session, of, shown?.diff.files ?? null)}
      />
      {session.problem === undefined || session.repair !== undefined ? null : <Banner tone="bad">{session.problem}</Banner>}
      {session.dirty && of === 'branch' ? <Uncommitted session={session} /> : null}
      <ReviewBody state={state} of={of} session={session} entry={entry} target={target} shade={shade} onRetry={reloadDiff} />
    </section>
  )
}
