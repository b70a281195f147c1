/** Where a comment is written, between the lines that it is about. What is typed is kept elsewhere: this may scroll away. */

import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Lines } from '../../shared/model/review.ts'
import { ON_MAC } from '../commands/on-mac.ts'
import { Button } from '../design/Button.tsx'
import { saveComment } from '../state/review-acts.ts'
import { useAway } from '../state/store.ts'
import { draftOf, stopWriting, takeFresh, wouldLose, write, type Writing } from './comments-kept.ts'
import { linesWords } from './comments.ts'
import styles from './Comments.module.css'

const MOST = 20_000

export type CommentEditorProps = {
  readonly writing: Writing
  readonly session: { readonly name: string }
  /** The side on show. */
  readonly of: DiffOf
  /** Where its lines are in what is on show; null where they are not, and for one without lines. */
  readonly now: Lines | null
  /** Where the keyboard goes when it closes. */
  readonly onClosed: () => void
}

/** Draws it. */
export function CommentEditor({ writing, session, of, now, onClosed }: CommentEditorProps) {
  const { key, path, text, suggestion } = writing
  const isLost = writing.lines !== null && now === null
  const lines = isLost ? writing.lines : now
  const code = lines === null || lines.side === 'old' ? null : writing.code
  const field = useRef<HTMLTextAreaElement>(null)
  const [asking, setAsking] = useState(false)
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const away = useAway()
  const id = useId()
  useEffect(() => {
    if (!takeFresh(key)) return
    field.current?.focus({ preventScroll: true })
    // Once the view has made room for it.
    const form = field.current?.form
    requestAnimationFrame(() => requestAnimationFrame(() => form?.scrollIntoView({ block: 'nearest' })))
  })

  // Who writes keeps sight of it when the lines move under it.
  const place = now?.start
  useEffect(() => {
    const form = field.current?.form
    if (place === undefined || form?.matches(':focus-within') !== true) return
    const frame = requestAnimationFrame(() => form.scrollIntoView({ block: 'nearest' }))
    return () => cancelAnimationFrame(frame)
  }, [place])

  const close = (): void => {
    stopWriting(key)
    onClosed()
  }
  const cancel = (): void => (wouldLose(writing) ? setAsking(true) : close())
  const empty = text.trim() === '' ? 'Write something first.' : null
  const save = async (): Promise<void> => {
    if (empty !== null || saving || away !== null) return
    setSaving(true)
    // Nothing keeps what was not committed: there its lines are those that are on show, or the file where they are gone.
    const isLive = writing.id === undefined && writing.of === 'uncommitted' && of === 'uncommitted'
    const answer = await saveComment(session.name, writing.of, draftOf(writing, isLive ? now : writing.lines))
    setSaving(false)
    if (answer.ok) close()
    else setProblem(answer.failure.message)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && (ON_MAC ? event.metaKey : event.ctrlKey)) void save()
    else if (event.key === 'Escape' && asking) setAsking(false)
    else if (event.key === 'Escape') cancel()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const label = `Comment on ${linesWords(lines)} of ${path}`
  return (
    // Keys of everything in it, as they come up from there.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className={styles['card']}
      aria-label={label}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {isLost && writing.code !== null ? (
        <details className={styles['quoted']} open>
          <summary>The code changed since you began. It was:</summary>
          <pre>{writing.code}</pre>
        </details>
      ) : null}
      <label className="visually-hidden" htmlFor={`${id}-text`}>
        {label}
      </label>
      <textarea
        ref={field}
        id={`${id}-text`}
        className={styles['area']}
        placeholder="Comment…"
        rows={3}
        maxLength={MOST}
        aria-invalid={problem !== null || undefined}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        value={text}
        onChange={(event) => write(key, { text: event.target.value })}
      />
      {suggestion === null ? null : (
        <>
          <label className={styles['label']} htmlFor={`${id}-suggestion`}>
            What {linesWords(lines)} should be instead
          </label>
          <textarea
            id={`${id}-suggestion`}
            className={`${styles['area']} ${styles['code']}`}
            rows={Math.min(12, suggestion.split('\n').length + 1)}
            maxLength={MOST}
            spellCheck={false}
            value={suggestion}
            onChange={(event) => write(key, { suggestion: event.target.value })}
          />
        </>
      )}
      {problem === null ? null : (
        <p id={`${id}-problem`} className={styles['problem']} role="alert">
          {problem}
        </p>
      )}
      {asking ? (
        <p className={styles['row']} role="alert">
          <span className={styles['grow']}>Throw away what you wrote?</span>
          <Button size="small" onClick={() => (setAsking(false), field.current?.focus())}>
            Keep writing
          </Button>
          <Button size="small" look="danger" onClick={close}>
            Throw away
          </Button>
        </p>
      ) : (
        <p className={styles['row']}>
          {code === null ? null : (
            <Button size="small" look="quiet" onClick={() => write(key, { suggestion: suggestion === null ? code : null })}>
              {suggestion === null ? 'Suggest an edit' : 'No suggestion'}
            </Button>
          )}
          <span className={styles['grow']} />
          <Button size="small" look="quiet" onClick={cancel}>
            Cancel
          </Button>
          <Button size="small" type="submit" refused={away ?? empty} busy={saving}>
            {writing.id === undefined ? 'Add to the review' : 'Save'}
          </Button>
        </p>
      )}
    </form>
  )
}
