/** The review of one session: what it changed, approval of exactly that, and the way to land it. */

import { Check, Columns2, RefreshCw, Rows2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Entry } from '../../shared/model/queue.ts'
import { isLive, type Session } from '../../shared/model/session.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { IconButton } from '../design/IconButton.tsx'
import { Segments } from '../design/Segments.tsx'
import type { Shade } from '../design/use-theme.ts'
import { approve, askToCommit, land, unapprove } from '../state/actions.ts'
import { shortOid } from '../state/format.ts'
import { isLanded, onItsWay } from '../state/standing.ts'
import { setDiffStyle, useWindow } from '../state/store.ts'
import { approveRefusal, landRefusal } from './gates.ts'
import { ReviewBody } from './ReviewBody.tsx'
import styles from './ReviewPane.module.css'
import { useDiff } from './use-diff.ts'

export type ReviewPaneProps = {
  readonly session: Session
  readonly entry: Entry | null
  readonly trusted: boolean
  readonly target: string
  readonly shade: Shade
}

type Doing = 'approve' | 'land' | 'send' | null

/** Draws the region “Review”. */
export function ReviewPane({ session, entry, trusted, target, shade }: ReviewPaneProps) {
  const [of, setOf] = useState<DiffOf>('branch')
  const [doing, setDoing] = useState<Doing>(null)
  const diffStyle = useWindow((state) => state.diffStyle)
  const { state, reload } = useDiff(session, of)
  const run = (what: Doing, action: () => Promise<unknown>): void => {
    setDoing(what)
    void action().finally(() => setDoing(null))
  }
  const refusal = approveRefusal(session, entry)
  // What is decided on is what is on show, also when the session has moved on meanwhile.
  const seen = state.kind === 'ready' ? state.shown.diff.head : session.head
  return (
    <section className={styles['pane']} aria-label="Review" id="review-pane">
      <header className={styles['header']}>
        <Segments
          label="What to review"
          value={of}
          panel="review-body"
          onChoose={setOf}
          segments={[
            { value: 'branch', label: 'Branch', count: session.files },
            { value: 'uncommitted', label: 'Uncommitted' },
          ]}
        />
        <span className={styles['tools']}>
          <IconButton
            small
            label="Side by side"
            aria-pressed={diffStyle === 'split'}
            onClick={() => setDiffStyle(diffStyle === 'split' ? 'unified' : 'split')}
          >
            {diffStyle === 'split' ? <Columns2 /> : <Rows2 />}
          </IconButton>
          <IconButton small label="Reload the diff" onClick={reload}>
            <RefreshCw />
          </IconButton>
        </span>
        <span className={styles['decide']}>
          {isLanded(session, entry) ? (
            <span className={styles['done']}>
              <Check aria-hidden="true" /> Landed {shortOid(session.head)}
            </span>
          ) : session.approved ? (
            <span className={styles['done']}>
              <Check aria-hidden="true" /> Approved {shortOid(session.head)}
              {onItsWay(entry) ? null : (
                <IconButton small label="Withdraw approval" onClick={() => void unapprove(session.name)}>
                  <Undo2 />
                </IconButton>
              )}
            </span>
          ) : (
            <Button
              size="small"
              refused={refusal}
              busy={doing === 'approve'}
              onClick={() => run('approve', () => approve(session.name, seen))}
            >
              Approve
            </Button>
          )}
          <Button
            size="small"
            look="primary"
            refused={landRefusal(session, entry, trusted)}
            busy={doing === 'land'}
            onClick={() => run('land', () => land(session.name, seen, entry))}
          >
            Land
          </Button>
        </span>
      </header>
      {session.problem === undefined ? null : <Banner tone="bad">{session.problem}</Banner>}
      {session.dirty && of === 'branch' ? (
        <Banner
          action={
            isLive(session.state) ? (
              <Button
                size="small"
                look="quiet"
                busy={doing === 'send'}
                onClick={() => run('send', () => askToCommit(session.name))}
              >
                Ask the session to commit
              </Button>
            ) : null
          }
        >
          Uncommitted changes do not land.
        </Banner>
      ) : null}
      <ReviewBody
        state={state}
        of={of}
        session={session}
        entry={entry}
        target={target}
        diffStyle={diffStyle}
        shade={shade}
        onRetry={reload}
      />
    </section>
  )
}
