/** Asks before a change is taken back in the worktree. */

import { useRef, useState } from 'react'
import type { DiffOf } from '../../shared/model/diff.ts'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { discardChange } from '../state/review-acts.ts'
import { useAway } from '../state/store.ts'

export type Discarding = { readonly path: string; readonly oldPath?: string | undefined; readonly hunk?: string }

type DiscardQuestionProps = {
  readonly discarding: Discarding
  readonly session: { readonly name: string }
  readonly of: DiffOf
  readonly head: string
  readonly onClose: () => void
}

/** Draws the dialog. */
export function DiscardQuestion({ discarding: { path, oldPath, hunk }, session, of, head: now, onClose }: DiscardQuestionProps) {
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
      {problem === null ? null : <p role="alert">{problem}</p>}
    </Dialog>
  )
}
