/** Asks before a change is taken back in the worktree. */

import { useRef, useState } from 'react'
import type { DiffOf } from '../../shared/model/diff.ts'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { asSeen } from '../state/as-seen.ts'
import { discardChange } from '../state/review-acts.ts'
import { useAway } from '../state/store.ts'
import styles from './Dialogs.module.css'

export type Discarding = {
  readonly path: string
  readonly oldPath?: string | undefined
  /** A patch of the change that is meant, and its lines with their signs; left out: the whole file. */
  readonly hunk?: string
  readonly lines?: readonly string[]
}

/** More lines than these are counted. */
const MOST_LINES = 40

/** The lines that go, as the diff has them: what was added goes, what was removed comes back. */
function Going({ lines }: { readonly lines: readonly string[] }) {
  const more = lines.length - MOST_LINES
  return (
    <pre className={styles['going']} aria-label="The lines that are taken back">
      {lines.slice(0, MOST_LINES).map((line, at) => (
        // Nothing else tells two lines of the same text apart, and they never move.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={at} data-sign={line.charAt(0)}>
          {asSeen(line)}
          {'\n'}
        </span>
      ))}
      {more > 0 ? `and ${more} more` : null}
    </pre>
  )
}

type DiscardQuestionProps = {
  readonly discarding: Discarding
  readonly session: { readonly name: string }
  readonly of: DiffOf
  readonly head: string
  readonly onClose: () => void
}

/** Draws the dialog. */
export function DiscardQuestion({
  discarding: { path, oldPath, hunk, lines },
  session,
  of,
  head: now,
  onClose,
}: DiscardQuestionProps) {
  // What is asked about is what was on show: a commit that comes while the question stands is refused by the House.
  const [head] = useState(now)
  const [doing, setDoing] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const keep = useRef<HTMLButtonElement>(null)
  const away = useAway()
  const discard = async (): Promise<void> => {
    setDoing(true)
    const renamed = oldPath === undefined ? {} : { oldPath }
    const side = of === 'unviewed' ? 'branch' : of
    const failure = await discardChange({
      name: session.name,
      of: side,
      path,
      ...renamed,
      ...(hunk === undefined ? {} : { hunk }),
      head,
    })
    setDoing(false)
    if (failure === null) onClose()
    else setProblem(failure.message)
  }
  return (
    <Dialog
      open
      title={hunk === undefined ? `Discard all changes of ${path}?` : `Discard this change of ${path}?`}
      onClose={onClose}
      firstFocus={keep}
      asks
      footer={
        <>
          <Button ref={keep} onClick={onClose}>
            Keep it
          </Button>
          <Button look="danger" refused={away} busy={doing} onClick={() => void discard()}>
            Discard
          </Button>
        </>
      }
    >
      <p>
        {of === 'uncommitted'
          ? 'It is taken back in the worktree.'
          : 'It is taken back in the worktree as a change that is not committed yet; what is committed stays as it is.'}{' '}
        A snapshot keeps what is there now.
      </p>
      {lines === undefined ? null : <Going lines={lines} />}
      {problem === null ? null : <p role="alert">{problem}</p>}
    </Dialog>
  )
}
