/** The review of one session: what it changed, approval of exactly that, and the way to land it. */

import { useState } from 'react'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import type { Shade } from '../design/use-theme.ts'
import { askToCommit } from '../state/actions.ts'
import { takesPrompts } from '../state/standing.ts'
import { useAway } from '../state/store.ts'
import { ReviewBody } from './ReviewBody.tsx'
import { ReviewHeader } from './ReviewHeader.tsx'
import styles from './ReviewPane.module.css'
import { useDiff } from './use-diff.ts'

export type ReviewPaneProps = {
  readonly session: Session
  readonly entry: Entry | null
  readonly trusted: boolean
  readonly target: string
  readonly shade: Shade
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

/** Draws the region “Review”. */
export function ReviewPane({ session, entry, trusted, target, shade }: ReviewPaneProps) {
  const [of, setOf] = useState<DiffOf>('branch')
  const { state, reload } = useDiff(session, of)
  return (
    <section className={styles['pane']} aria-label="Review" id="review-pane">
      <ReviewHeader
        of={of}
        onChoose={setOf}
        onReload={reload}
        session={session}
        entry={entry}
        place={{ trusted, target }}
        seen={state.kind === 'ready' ? state.shown.head : null}
      />
      {session.problem === undefined ? null : <Banner tone="bad">{session.problem}</Banner>}
      {session.dirty && of === 'branch' ? <Uncommitted session={session} /> : null}
      <ReviewBody state={state} of={of} session={session} entry={entry} target={target} shade={shade} onRetry={reload} />
    </section>
  )
}
