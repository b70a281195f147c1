/** The part of the review that shows the diff, or says in words why there is none. */

import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Comment } from '../../shared/model/review.ts'
import type { Session } from '../../shared/model/session.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { EmptyState } from '../design/EmptyState.tsx'
import type { Shade } from '../design/use-theme.ts'
import { useReview } from '../state/reviewed.ts'
import { isLanded } from '../state/standing.ts'
import { useWindow } from '../state/store.ts'
import { FileListFrame } from './FileListFrame.tsx'
import styles from './ReviewPane.module.css'
import { emptyWords, sideWords } from './sides.ts'
import type { DiffState } from './use-diff.ts'

const load = () => import('./DiffView.tsx')
const DiffView = lazy(async () => ({ default: (await load()).DiffView }))

export type ReviewBodyProps = {
  readonly state: DiffState
  readonly of: DiffOf
  readonly session: Session
  readonly entry: Entry | null
  readonly target: string
  readonly shade: Shade
  readonly comments: readonly Comment[]
  /** There is no room for two columns. */
  readonly narrow: boolean
  /** The other sessions, for what they are called. */
  readonly others: readonly Pick<Session, 'id' | 'name'>[]
  readonly onChoose: (of: DiffOf) => void
  readonly onRetry: () => void
}

function Nothing({
  of,
  session,
  entry,
  target,
  others,
  onChoose,
}: Pick<ReviewBodyProps, 'of' | 'session' | 'entry' | 'target' | 'others' | 'onChoose'>) {
  const words = emptyWords(of, others)
  if (words !== null) {
    return (
      <EmptyState title={words.title} action={<Button onClick={() => onChoose('branch')}>Show the branch</Button>}>
        {words.text}
      </EmptyState>
    )
  }
  if (of === 'uncommitted') {
    return <EmptyState title="Everything is committed">Changes that the session has not committed yet show here.</EmptyState>
  }
  if (isLanded(session, entry)) {
    return <EmptyState title={`Landed on ${target}`}>Everything this session committed is on {target} now.</EmptyState>
  }
  return (
    <EmptyState title={session.dirty ? 'Nothing is committed yet' : 'No changes yet'}>
      {session.dirty
        ? 'The session changed files: see “Uncommitted”.'
        : `What this session commits shows here, compared with ${target}.`}
    </EmptyState>
  )
}

/** In words only after a moment: a diff that is quick says nothing. */
function Loading() {
  return <output className={styles['loading']}>Loading the diff…</output>
}

/** Draws the file list and the diff. */
export function ReviewBody(props: ReviewBodyProps) {
  const { state, of, session, entry, target, shade, comments, narrow, others, onChoose, onRetry } = props
  const [top, setTop] = useState<string | null>(null)
  // What was chosen stays chosen for when there is room.
  const diffStyle = useWindow((view) => (narrow ? 'unified' : view.diffStyle))
  const wrap = useWindow((view) => view.wrap)
  const goTo = useReview(({ reveal }) => (reveal?.session === session.id ? reveal : null))
  // The code and its workers come while the House still computes the diff.
  useEffect(() => void load(), [])
  const content = (): ReactNode => {
    if (state.kind === 'loading') return <Loading />
    if (state.kind === 'failed') {
      return (
        <EmptyState
          title="The diff cannot be shown"
          action={
            of === 'branch' ? (
              <Button onClick={onRetry}>Try again</Button>
            ) : (
              <Button onClick={() => onChoose('branch')}>Show the branch</Button>
            )
          }
        >
          {state.message}
        </EmptyState>
      )
    }
    const { diff } = state.shown
    if (diff.files.length === 0) return <Nothing {...{ of, session, entry, target, others, onChoose }} />
    return (
      <FileListFrame {...{ session, of, comments, top }} files={diff.files}>
        <div className={styles['code']}>
          {diff.note === undefined ? null : <Banner>{diff.note}</Banner>}
          <div className={styles['view']}>
            <Suspense fallback={<Loading />}>
              <DiffView {...{ session, of, comments, diffStyle, wrap, shade, goTo }} shown={state.shown} onTop={setTop} />
            </Suspense>
          </div>
        </div>
      </FileListFrame>
    )
  }
  return (
    <div
      className={styles['body']}
      id="review-body"
      role="tabpanel"
      aria-label={sideWords(of, others)}
      aria-busy={state.kind === 'loading'}
    >
      {content()}
    </div>
  )
}
