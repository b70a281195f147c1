/** The bar above the diff: what is on show, how it is drawn, and the decision about it. One row in any pane of a usual width. */

import { Check, GitMerge } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { Button } from '../design/Button.tsx'
import { Segments } from '../design/Segments.tsx'
import { approve, land, unapprove } from '../state/actions.ts'
import { shortOid } from '../state/format.ts'
import { isLanded, onItsWay } from '../state/standing.ts'
import { useAway } from '../state/store.ts'
import { DiffTools } from './DiffTools.tsx'
import { approveRefusal, landRefusal, landWord, unseenRefusal, type Place } from './gates.ts'
import styles from './ReviewPane.module.css'
import type { Counts } from './standing.ts'

function Done({ word, head }: { readonly word: string; readonly head: string }) {
  return (
    <span className={styles['done']} title={`${word} ${shortOid(head)}`}>
      <Check aria-hidden="true" />
      <span>
        {word} <code className={styles['hash']}>{shortOid(head)}</code>
      </span>
    </span>
  )
}

export type DecideProps = {
  readonly session: Session
  readonly entry: Entry | null
  readonly place: Place
  readonly of: DiffOf
  /** The commit on show; null while none is. What is decided on is that one, also when the session has moved on meanwhile. */
  readonly seen: string | null
}

function Decide({ session, entry, place, of, seen }: DecideProps) {
  // What is drawn while it approves and lands stays until that is done, although its first half makes the session an approved one.
  const [doing, setDoing] = useState<'approve' | ReturnType<typeof landWord> | null>(null)
  const away = useAway()
  const run = (what: typeof doing, action: () => Promise<unknown>): void => {
    setDoing(what)
    void action().finally(() => setDoing(null))
  }
  const landing = doing === 'approve' ? null : doing
  const unseen = unseenRefusal(session, seen === null ? null : of)
  const word = landing ?? landWord(session, entry)
  return (
    <span className={styles['decide']}>
      {isLanded(session, entry) ? (
        <Done word="Landed" head={session.head} />
      ) : session.approved && landing !== 'Approve and land' ? (
        <>
          <Done word="Approved" head={session.head} />
          {onItsWay(entry) || landing !== null ? null : (
            <Button
              size="small"
              look="quiet"
              aria-label="Withdraw the approval"
              refused={away}
              onClick={() => void unapprove(session.name)}
            >
              Withdraw
            </Button>
          )}
        </>
      ) : (
        <Button
          size="small"
          className={styles['approve']}
          icon={<Check />}
          refused={landing === null ? (away ?? approveRefusal(session, entry) ?? unseen) : 'It is being approved and landed.'}
          busy={doing === 'approve'}
          onClick={() => (seen === null ? undefined : run('approve', () => approve(session.name, seen)))}
        >
          Approve
        </Button>
      )}
      <Button
        size="small"
        look="primary"
        className={styles['land']}
        icon={<GitMerge />}
        refused={landing === null ? (away ?? landRefusal(session, entry, place) ?? unseen) : null}
        busy={landing !== null}
        onClick={() => (seen === null ? undefined : run(word, () => land(session.name, seen, entry)))}
      >
        {word}
      </Button>
    </span>
  )
}

export type ReviewHeaderProps = DecideProps & {
  readonly counts: Counts
  readonly onChoose: (of: DiffOf) => void
  readonly onReload: () => void
  /** The buttons of the pane itself. */
  readonly controls?: ReactNode
}

/** Draws the header of the review. */
export function ReviewHeader({ of, counts, onChoose, onReload, controls, ...decide }: ReviewHeaderProps) {
  return (
    <header className={styles['header']}>
      <Segments
        label="What to review"
        value={of}
        panel="review-body"
        onChoose={onChoose}
        segments={[
          { value: 'branch', label: 'Branch', count: counts.branch },
          { value: 'uncommitted', label: 'Uncommitted', count: counts.uncommitted },
        ]}
      />
      <DiffTools onReload={onReload} />
      <Decide of={of} {...decide} />
      {controls}
    </header>
  )
}
