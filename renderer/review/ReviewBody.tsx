/** The part of the review that shows the diff, or says in words why there is none. */

import { lazy, Suspense, useEffect, type ReactNode } from 'react'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { EmptyState } from '../design/EmptyState.tsx'
import type { Shade } from '../design/use-theme.ts'
import { revealFile, useReview } from '../state/reviewed.ts'
import { isLanded } from '../state/standing.ts'
import { useWindow } from '../state/store.ts'
import { FileList } from './FileList.tsx'
import styles from './ReviewPane.module.css'
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
  readonly onRetry: () => void
}

function Nothing({ of, session, entry, target }: Pick<ReviewBodyProps, 'of' | 'session' | 'entry' | 'target'>) {
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
export function ReviewBody({ state, of, session, entry, target, shade, onRetry }: ReviewBodyProps) {
  const diffStyle = useWindow((view) => view.diffStyle)
  const wrap = useWindow((view) => view.wrap)
  const goTo = useReview(({ reveal }) => (reveal?.session === session.id ? reveal : null))
  // The code and its workers come while the House still computes the diff.
  useEffect(() => void load(), [])
  const content = (): ReactNode => {
    if (state.kind === 'loading') return <Loading />
    if (state.kind === 'failed') {
      return (
        <EmptyState title="The diff cannot be shown" action={<Button onClick={onRetry}>Try again</Button>}>
          {state.message}
        </EmptyState>
      )
    }
    const { diff, truncated } = state.shown
    if (diff.files.length === 0) return <Nothing of={of} session={session} entry={entry} target={target} />
    return (
      <div className={styles['split']}>
        <FileList files={diff.files} onOpen={(path) => revealFile(session.id, path)} />
        <div className={styles['code']}>
          {truncated ? <Banner>This diff is too long to show in full; the file list is complete.</Banner> : null}
          <div className={styles['view']}>
            <Suspense fallback={<Loading />}>
              <DiffView shown={state.shown} diffStyle={diffStyle} wrap={wrap} shade={shade} goTo={goTo} />
            </Suspense>
          </div>
        </div>
      </div>
    )
  }
  return (
    <div
      className={styles['body']}
      id="review-body"
      role="tabpanel"
      aria-label={of === 'branch' ? 'Branch' : 'Uncommitted'}
      aria-busy={state.kind === 'loading'}
    >
      {content()}
    </div>
  )
}
