/** What the session says of its own work, and its commits: one line, or unfolded above the diff. */

import { ChevronRight } from 'lucide-react'
import { useMemo, type KeyboardEvent } from 'react'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Commit, Summary } from '../../shared/model/review.ts'
import { useKeys } from '../commands/use-keys.ts'
import { asSeen } from '../state/as-seen.ts'
import { counted, dayWords, shortOid, timeOfDay } from '../state/format.ts'
import { setAbout, useReview } from '../state/reviewed.ts'
import { useNow } from '../state/use-now.ts'
import styles from './About.module.css'
import { Prose } from './Prose.tsx'
import { teaserOf } from './prose.ts'
import { commitIn } from './sides.ts'

/** Draws the one line, which folds and unfolds the rest. */
export function AboutButton({ summary }: { readonly summary: Summary | null }) {
  const open = useReview(({ about }) => about)
  const keys = useKeys('review.about')
  const message = summary?.message ?? null
  const teaser = useMemo(() => (message === null ? '' : teaserOf(message)), [message])
  const commits = summary?.commits.length ?? 0
  return (
    <button
      type="button"
      className={styles['fold']}
      aria-expanded={open}
      aria-controls="review-about"
      title={keys === undefined ? undefined : `${open ? 'Fold' : 'Unfold'} its summary and commits (${keys})`}
      onClick={() => setAbout(!open)}
    >
      <ChevronRight aria-hidden="true" />
      <span className={styles['teaser']}>{open || teaser === '' ? 'Summary' : teaser}</span>
      <span className={styles['count']}>{summary === null ? '' : counted(commits, 'commit')}</span>
    </button>
  )
}

const MINUTE = 60_000

/** Up and down go along the commits, as in any list. */
function onArrow(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const next = buttons[buttons.findIndex((one) => one === document.activeElement) + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

type CommitsProps = { readonly commits: readonly Commit[]; readonly of: DiffOf; readonly onChoose: (of: DiffOf) => void }

function Commits({ commits, of, onChoose }: CommitsProps) {
  const now = useNow(MINUTE)
  if (commits.length === 0) return <p className={styles['none']}>It has committed nothing yet.</p>
  return (
    // The keys are those of the buttons in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <ol className={styles['commits']} aria-label="Commits" onKeyDown={onArrow}>
      {commits.toReversed().map(({ oid, subject, body, author, at }) => {
        const shown = commitIn(of) === oid
        const words = asSeen(subject) || 'A commit without a message'
        return (
          <li key={oid}>
            <button
              type="button"
              className={styles['commit']}
              aria-pressed={shown}
              title={asSeen(`${subject}\n\n${body}`.trim())}
              onClick={() => onChoose(shown ? 'branch' : `commit:${oid}`)}
            >
              <span className={styles['subject']}>{words}</span>
              <span className={styles['when']}>
                {asSeen(author)}, {dayWords(at, now)} {timeOfDay(at)}
              </span>
              <code className={styles['hash']}>{shortOid(oid)}</code>
            </button>
            {shown && body.trim() !== '' ? <p className={styles['body']}>{asSeen(body.trim())}</p> : null}
          </li>
        )
      })}
    </ol>
  )
}

/** It may scroll by keys: nothing in it takes the focus. */
const SCROLLED = { tabIndex: 0 } as const

/** Draws what is unfolded; nothing while it is folded. */
export function About({ summary, of, onChoose }: { readonly summary: Summary | null } & Omit<CommitsProps, 'commits'>) {
  const open = useReview(({ about }) => about)
  if (!open) return null
  return (
    <div className={styles['about']} id="review-about">
      <section className={styles['message']} aria-label="What the session said last" {...SCROLLED}>
        {summary === null ? null : summary.message === null ? (
          <p className={styles['none']}>It has said nothing yet.</p>
        ) : (
          <Prose text={summary.message} />
        )}
      </section>
      {summary === null ? <span /> : <Commits commits={summary.commits} of={of} onChoose={onChoose} />}
    </div>
  )
}
