/** The dialog “Ask for changes”: the comments that are drafts, a text above them, and the exact prompt that they make. */

import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { inOrder } from '../../shared/model/comment-order.ts'
import type { Comment } from '../../shared/model/review.ts'
import type { Session } from '../../shared/model/session.ts'
import type { Failure } from '../../shared/result.ts'
import { signsOf } from '../commands/keys.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { TextArea } from '../design/Field.tsx'
import { Keys } from '../design/Keys.tsx'
import { asSeen } from '../state/as-seen.ts'
import { counted } from '../state/format.ts'
import { createLatest, type Latest } from '../state/latest.ts'
import { composeReview, markLooked, reply, sendReview } from '../state/review-acts.ts'
import { useReviewOf } from '../state/review-of.ts'
import { useReview } from '../state/reviewed.ts'
import { takesPrompts } from '../state/standing.ts'
import { closeDialog, useAway } from '../state/store.ts'
import { forgetAnswer, keepAnswer, keptAnswer } from './answer-kept.ts'
import styles from './Dialogs.module.css'
import { onFormKey } from '../design/form-keys.ts'
import { Draft, Sent, Unsaved } from './AnswerLists.tsx'
import { useWritings, wouldLose } from './comments-kept.ts'
import { REPLIES } from './replies.ts'
import { showsAllThatIsNew } from './sides.ts'

/** The prompt as it would be sent, again whenever text or drafts are other ones; null while there is none. */
function usePrompt(name: string, text: string, drafts: readonly Comment[]): string | null {
  const [prompt, setPrompt] = useState<string | null>(null)
  const latest = useRef<Latest<string> | null>(null)
  useEffect(() => {
    const mine = createLatest((now: string) => composeReview(name, now), setPrompt)
    latest.current = mine
    return () => mine.close()
  }, [name])
  const isNothing = drafts.length === 0 && text === ''
  useEffect(() => {
    if (!isNothing) latest.current?.want(text)
    // The drafts are part of what is composed, although the question does not name them.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [name, text, drafts, isNothing])
  return isNothing ? null : prompt
}

/** It may scroll by keys: nothing in it takes the focus. */
const SCROLLED = { tabIndex: 0 } as const

/** Draws the dialog for one session. */
export function Answer({ session }: { readonly session: Session }) {
  const away = useAway()
  const id = useId()
  const review = useReviewOf(session)
  const all = review?.comments
  const drafts = useMemo(() => all?.filter(({ state }) => state === 'draft').toSorted(inOrder) ?? [], [all])
  const sent = all?.filter(({ state }) => state === 'sent') ?? []
  const writings = useWritings((kept) => kept.all)
  const unsaved = writings.filter((one) => one.session === session.id && one.text.trim() !== '' && wouldLose(one))
  const [text, setText] = useState(() => keptAnswer(session.id))
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  // Of one commit, or of what is not committed, the rest was not seen.
  const seen = useReview(({ reviewed }) =>
    reviewed?.session === session.id && showsAllThatIsNew(reviewed.of) ? reviewed.head : null,
  )
  const said = text.trim()
  const prompt = usePrompt(session.name, said, drafts)
  const refused =
    away ??
    (takesPrompts(session) ? null : 'It cannot be sent a prompt now.') ??
    (said === '' && drafts.length === 0 ? 'Say what should change, or comment on lines of the diff first.' : null)
  const waits = failure?.code === 'draft' || failure?.code === 'dialog-open'
  const write = (next: string): void => {
    setText(next)
    keepAnswer(session.id, next)
  }
  const send = async (wait: boolean): Promise<void> => {
    if (busy || refused !== null) return
    setBusy(true)
    setFailure(null)
    const failed = await sendReview(session.name, said, wait)
    setBusy(false)
    if (failed !== null) return setFailure(failed.code === 'fault' ? null : failed)
    forgetAnswer(session.id)
    if (seen !== null) void markLooked(session.name, seen)
    closeDialog()
  }
  return (
    <Dialog
      open
      wide
      title={`Ask “${session.name}” for changes`}
      onClose={closeDialog}
      firstFocus={field}
      notice={failure === null ? null : <Banner tone="bad">{failure.message}</Banner>}
      footer={
        <>
          <Button onClick={closeDialog}>Close</Button>
          {waits ? (
            <Button busy={busy} refused={refused} onClick={() => void send(true)}>
              Send when it is free
            </Button>
          ) : null}
          <span className={styles['keys']}>
            <Keys signs={signsOf('mod+enter')} />
          </span>
          <Button look="primary" type="submit" form="answer" busy={busy} refused={refused}>
            {drafts.length === 0 ? 'Send' : `Send with ${counted(drafts.length, 'comment')}`}
          </Button>
        </>
      }
    >
      {/* The keys are those of the field in it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        id="answer"
        className={styles['form']}
        onKeyDown={onFormKey}
        onSubmit={(event) => {
          event.preventDefault()
          void send(false)
        }}
      >
        <TextArea
          ref={field}
          label="What should change"
          rows={3}
          value={text}
          placeholder={drafts.length === 0 ? 'One prompt for the session' : 'Stands above the comments; may be empty'}
          onText={write}
        />
        {session.state === 'working' ? <p className={styles['hint']}>It works now, and gets this after its turn.</p> : null}
        {text === '' && drafts.length === 0 ? (
          <fieldset className={styles['replies']}>
            <legend>Or send at once</legend>
            {REPLIES.map((one) => (
              <Button
                key={one}
                size="small"
                refused={away ?? (takesPrompts(session) ? null : 'It cannot be sent a prompt now.')}
                onClick={() => {
                  void reply(session.name, one)
                  closeDialog()
                }}
              >
                {one}
              </Button>
            ))}
          </fieldset>
        ) : null}
        {drafts.length === 0 ? (
          <p className={styles['hint']}>Comments that you write on lines of the diff are listed here, and sent as one prompt.</p>
        ) : (
          <ul className={styles['drafts']} aria-label="Comments to send">
            {drafts.map((comment) => (
              <Draft key={comment.id} comment={comment} session={session} />
            ))}
          </ul>
        )}
        {unsaved.length === 0 ? null : (
          <section className={styles['more']} aria-labelledby={`${id}-unsaved`}>
            <h3 id={`${id}-unsaved`}>Still being written, so not sent</h3>
            <ul className={styles['drafts']}>
              {unsaved.map((one) => (
                <Unsaved key={one.key} writing={one} session={session} />
              ))}
            </ul>
          </section>
        )}
        {sent.length === 0 ? null : (
          <section className={styles['more']} aria-labelledby={`${id}-sent`}>
            <h3 id={`${id}-sent`}>Sent before, not resolved</h3>
            <ul className={styles['drafts']}>
              {sent.map((comment) => (
                <Sent key={comment.id} comment={comment} session={session} />
              ))}
            </ul>
          </section>
        )}
        {prompt === null ? null : (
          <details className={styles['preview']}>
            <summary>The prompt, exactly</summary>
            <pre {...SCROLLED}>{asSeen(prompt)}</pre>
          </details>
        )}
      </form>
    </Dialog>
  )
}
