/** Where a comment is written, between the lines that it is about. What is typed is kept elsewhere: this may scroll away. */

import { useEffect, useId, useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react'
import { flushSync } from 'react-dom'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Lines } from '../../shared/model/review.ts'
import { ON_MAC } from '../commands/on-mac.ts'
import { Button } from '../design/Button.tsx'
import { saveComment } from '../state/review-acts.ts'
import { useAway } from '../state/store.ts'
import { draftOf, stopWriting, takeFresh, useWritings, wouldLose, write, type Writing } from './comments-kept.ts'
import { linesWords } from './comments.ts'
import styles from './Comments.module.css'
import { setTyping, typingNow, type Typing } from './typing-kept.ts'

const MOST = 20_000
/** About a second: its lines may still have to come into sight. */
const PATIENCE = 60

const remembers = (key: string, field: Typing['field']) => (event: SyntheticEvent<HTMLTextAreaElement>) => {
  const { selectionStart: start, selectionEnd: end } = event.currentTarget
  if (document.activeElement === event.currentTarget) setTyping({ key, field, start, end })
}

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
  const suggested = useRef<HTMLTextAreaElement>(null)
  const [asking, setAsking] = useState(false)
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const away = useAway()
  const id = useId()
  const isFresh = useWritings((kept) => kept.fresh === key)
  useEffect(() => {
    if (!isFresh) return
    let left = PATIENCE
    let frame = 0
    const attempt = (): void => {
      const typing = typingNow()
      const own = typing?.key === key ? typing : null
      const wanted = own?.field === 'suggestion' ? (suggested.current ?? field.current) : field.current
      wanted?.focus({ preventScroll: true })
      left -= 1
      // What is not in sight yet takes no focus.
      if (document.activeElement !== wanted && left > 0) {
        frame = requestAnimationFrame(attempt)
        return
      }
      takeFresh(key)
      const end = wanted?.value.length ?? 0
      wanted?.setSelectionRange(own?.start ?? end, own?.end ?? end)
      // Once the view has made room for it.
      requestAnimationFrame(() => requestAnimationFrame(() => wanted?.form?.scrollIntoView({ block: 'nearest' })))
    }
    attempt()
    return () => cancelAnimationFrame(frame)
  }, [isFresh, key])

  // Who writes keeps sight of it when the lines move under it.
  const place = now?.start
  useEffect(() => {
    const form = field.current?.form
    if (place === undefined || form?.matches(':focus-within') !== true) return
    const frame = requestAnimationFrame(() => form.scrollIntoView({ block: 'nearest' }))
    return () => cancelAnimationFrame(frame)
  }, [place])

  const suggest = (): void => {
    if (suggestion !== null) return write(key, { suggestion: null })
    flushSync(() => write(key, { suggestion: code }))
    const area = suggested.current
    area?.focus()
    area?.setSelectionRange(area.value.length, area.value.length)
  }
  const close = (): void => {
    stopWriting(key)
    onClosed()
  }
  const cancel = (): void => (wouldLose(writing) ? setAsking(true) : close())
  const empty =
    text.trim() !== '' || (suggestion !== null && suggestion !== code)
      ? null
      : suggestion === null
        ? 'Write something first.'
        : 'Change the suggestion or write something first.'
  const save = async (): Promise<void> => {
    if (empty !== null) return setProblem(empty)
    if (saving || away !== null) return
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
      data-writing={key}
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
        onFocus={remembers(key, 'text')}
        onSelect={remembers(key, 'text')}
        onChange={(event) => (setProblem(null), write(key, { text: event.target.value }))}
      />
      {suggestion === null ? null : (
        <>
          <label className={styles['label']} htmlFor={`${id}-suggestion`}>
            What {linesWords(lines)} should be instead
          </label>
          <textarea
            ref={suggested}
            id={`${id}-suggestion`}
            className={`${styles['area']} ${styles['code']}`}
            rows={Math.min(12, suggestion.split('\n').length + 1)}
            maxLength={MOST}
            spellCheck={false}
            value={suggestion}
            onFocus={remembers(key, 'suggestion')}
            onSelect={remembers(key, 'suggestion')}
            onChange={(event) => (setProblem(null), write(key, { suggestion: event.target.value }))}
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
            <Button size="small" look="quiet" onClick={suggest}>
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
