/** The decision about the work on show: approve exactly that commit, land it, or what else can be decided. */

import { Check, Ellipsis, GitMerge } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { useKeys } from '../commands/use-keys.ts'
import { Button } from '../design/Button.tsx'
import { IconButton } from '../design/IconButton.tsx'
import { Menu } from '../design/Menu.tsx'
import { approve, land, unapprove } from '../state/actions.ts'
import { shortOid } from '../state/format.ts'
import { setOpened, useIsOver } from '../state/reviewed.ts'
import { isLanded, onItsWay } from '../state/standing.ts'
import { useAway } from '../state/store.ts'
import { approveRefusal, landRefusal, landWord, unseenRefusal, type Place } from './gates.ts'
import styles from './ReviewPane.module.css'

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

/** What else can be decided, behind one button and one key. */
function More({ session, lines }: Pick<DecideProps, 'session' | 'lines'>) {
  const open = useIsOver('decisions', session.id)
  const keys = useKeys('review.decisions')
  return (
    <Menu
      align="end"
      open={open}
      onOpen={(next) => setOpened('decisions', session.id, next)}
      trigger={
        <IconButton small label="More to decide" {...(keys === undefined ? {} : { shortcut: keys })}>
          <Ellipsis />
        </IconButton>
      }
    >
      {lines}
    </Menu>
  )
}

export type DecideProps = {
  readonly session: Session
  readonly entry: Entry | null
  readonly place: Place
  readonly of: DiffOf
  /** The commit on show; null while none is. What is decided on is that one, also when the session has moved on meanwhile. */
  readonly seen: string | null
  /** The lines of the menu. */
  readonly lines: ReactNode
}

/** Draws the buttons. */
export function Decide({ session, entry, place, of, seen, lines }: DecideProps) {
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
      <More session={session} lines={lines} />
    </span>
  )
}
