/** Whether the work is ready to land, in a few words; behind them each thing that is not, with what can be done about it. */

import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Review } from '../../shared/model/review.ts'
import type { Session } from '../../shared/model/session.ts'
import type { CommandId } from '../commands/table.ts'
import { Button } from '../design/Button.tsx'
import { Popover } from '../design/Popover.tsx'
import { StateMark } from '../design/StateMark.tsx'
import { askToCommit } from '../state/actions.ts'
import { closeOver, setOpened, useIsOver } from '../state/reviewed.ts'
import { showLine } from '../state/show-line.ts'
import { takesPrompts } from '../state/standing.ts'
import { useAway } from '../state/store.ts'
import { approveRefusal, unseenRefusal } from './gates.ts'
import { deedsOf, headlineOf, LEVELS, type Deed } from './readiness.ts'
import styles from './Readiness.module.css'

export type ReadinessProps = {
  readonly session: Session
  readonly entry: Entry | null
  readonly review: Review | null
  /** The side of it on show, and whether its diff is. */
  readonly of: DiffOf
  readonly seen: string | null
  /** Runs a command of the window on this session. */
  readonly onRun: (id: CommandId) => void
}

/** More names than these are counted. */
const MOST_FILES = 6

function Files({ files }: { readonly files: readonly string[] }) {
  if (files.length === 0) return null
  const more = files.length - MOST_FILES
  return (
    <span className={styles['files']}>
      {files.slice(0, MOST_FILES).map((path) => (
        <code key={path}>{path}</code>
      ))}
      {more > 0 ? `and ${more} more` : null}
    </span>
  )
}

function List({ session, entry, review, of, seen, onRun }: ReadinessProps) {
  const away = useAway()
  if (review === null) return <p className={styles['none']}>This is not known yet.</p>
  const run = (deed: Deed): void => {
    closeOver(session.id)
    if (deed.kind === 'command') return onRun(deed.id)
    showLine(session.id, 'branch', deed.path, null)
  }
  const refusal = (deed: Deed): string | null => {
    if (deed.kind !== 'command') return null
    if (deed.id !== 'review.approve') return away
    return away ?? approveRefusal(session, entry) ?? unseenRefusal(session, seen === null ? null : of)
  }
  return (
    <ul className={styles['lines']}>
      {review.readiness.map((line) => {
        const { shape, tone, word } = LEVELS[line.level]
        return (
          <li key={`${line.kind} ${line.text}`} className={styles['line']} data-level={line.level}>
            <span className={styles['level']}>
              <StateMark shape={shape} tone={tone} />
              {word}
            </span>
            <div className={styles['said']}>
              {line.text}
              <Files files={line.files} />
              <span className={styles['deeds']}>
                {deedsOf(line, entry, session).map((deed) => (
                  <Button key={deed.word} size="small" refused={refusal(deed)} onClick={() => run(deed)}>
                    {deed.word}
                  </Button>
                ))}
              </span>
            </div>
          </li>
        )
      })}
    </ul>
  )
}

/** What stops most often, one click away. */
function AskToCommit({ session }: Pick<ReadinessProps, 'session'>) {
  const [asking, setAsking] = useState(false)
  const away = useAway()
  return (
    <Button
      size="small"
      look="quiet"
      className={styles['ask']}
      busy={asking}
      refused={away}
      onClick={() => {
        setAsking(true)
        void askToCommit(session.name).finally(() => setAsking(false))
      }}
    >
      Ask the session to commit
    </Button>
  )
}

/** Draws the words, and the list while it is open. */
export function Readiness(props: ReadinessProps) {
  const { session, entry, review } = props
  const open = useIsOver('readiness', session.id)
  const { words, level, more } = headlineOf(review?.readiness ?? null, entry)
  return (
    <>
      <Popover
        open={open}
        onOpen={(next) => setOpened('readiness', session.id, next)}
        wide
        readFirst
        title="Before it can land"
        trigger={
          <button type="button" className={styles['headline']} data-level={level ?? undefined}>
            {level === null ? (
              <StateMark shape="dashes" tone="calm" />
            ) : (
              <StateMark shape={LEVELS[level].shape} tone={LEVELS[level].tone} />
            )}
            <span>{words}</span>
            {more === null ? null : <span className={styles['more']}>{more}</span>}
            <ChevronDown aria-hidden="true" />
          </button>
        }
      >
        <List {...props} />
      </Popover>
      {session.dirty && takesPrompts(session) ? <AskToCommit session={session} /> : null}
    </>
  )
}
