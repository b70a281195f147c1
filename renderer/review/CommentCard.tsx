/** A comment under the lines that it is about: what it says, what became of it and of the code under it, and what to do with it. */

import { useState } from 'react'
import type { Comment } from '../../shared/model/review.ts'
import { Button } from '../design/Button.tsx'
import { deleteComment, resolveComment } from '../state/review-acts.ts'
import { useAway } from '../state/store.ts'
import { commentWords } from './comments.ts'
import styles from './Comments.module.css'

function Told({ comment }: { readonly comment: Comment }) {
  const { text, suggestion, quoted, changed } = comment
  return (
    <>
      {changed === 'no' || quoted.length === 0 ? null : (
        <details className={styles['quoted']}>
          <summary>The code as it was</summary>
          <pre>{quoted.join('\n')}</pre>
        </details>
      )}
      <p className={styles['text']}>{text}</p>
      {suggestion === undefined ? null : (
        <figure className={styles['suggestion']}>
          <figcaption>Instead</figcaption>
          <pre>{suggestion}</pre>
        </figure>
      )}
    </>
  )
}

export type CommentCardProps = {
  readonly comment: Comment
  readonly session: { readonly name: string }
  /** Whether the lines that it is about are in the diff on show. */
  readonly inDiff: boolean
  readonly onChange: () => void
  /** Where the keyboard goes when its buttons are gone. */
  readonly onGone: () => void
}

/** Draws it; a resolved one is folded to its first line. */
export function CommentCard({ comment, session, inDiff, onChange, onGone }: CommentCardProps) {
  const [asking, setAsking] = useState(false)
  const [open, setOpen] = useState(false)
  const [doing, setDoing] = useState(false)
  const away = useAway()
  const { state, text } = comment
  const run = (action: () => Promise<boolean>): void => {
    setDoing(true)
    void action().then((done) => {
      setDoing(false)
      setAsking(false)
      if (done) onGone()
    })
  }
  const resolve = (resolved: boolean): void => run(() => resolveComment(session.name, comment.id, resolved))
  const words = commentWords(comment, inDiff)
  const folded = state === 'resolved' && !open
  return (
    <article className={styles['card']} data-state={state} aria-label={`Comment: ${words.join(', ')}`}>
      <header className={styles['head']}>
        {words.map((word, at) => (
          <span key={word} data-first={at === 0 || undefined} data-changed={word.startsWith('The code') || undefined}>
            {word}
          </span>
        ))}
        {folded ? <span className={styles['short']}>{text.split('\n')[0]}</span> : null}
        {asking ? null : (
          <span className={styles['acts']}>
            {state === 'resolved' ? (
              <Button size="small" look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
                {open ? 'Fold' : 'Show'}
              </Button>
            ) : null}
            {state === 'draft' ? (
              <>
                <Button size="small" look="quiet" onClick={onChange}>
                  Edit
                </Button>
                <Button size="small" look="quiet" onClick={() => setAsking(true)}>
                  Delete…
                </Button>
              </>
            ) : folded ? null : (
              <Button size="small" look="quiet" refused={away} busy={doing} onClick={() => resolve(state === 'sent')}>
                {state === 'sent' ? 'Resolve' : 'Reopen'}
              </Button>
            )}
          </span>
        )}
      </header>
      {folded ? null : <Told comment={comment} />}
      {asking ? (
        <p className={styles['row']} role="alert">
          <span className={styles['grow']}>Delete this comment?</span>
          <Button size="small" onClick={() => setAsking(false)}>
            Keep it
          </Button>
          <Button
            size="small"
            look="danger"
            refused={away}
            busy={doing}
            onClick={() => run(() => deleteComment(session.name, comment.id))}
          >
            Delete
          </Button>
        </p>
      ) : null}
    </article>
  )
}
