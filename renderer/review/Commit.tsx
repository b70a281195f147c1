/** The dialog “Commit”: what is not committed as a commit of the user's, or into the last one; or that one's message anew. */

import { useRef, useState } from 'react'
import type { Session } from '../../shared/model/session.ts'
import { signsOf } from '../commands/keys.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { Choices } from '../design/Choices.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { TextArea } from '../design/Field.tsx'
import { Keys } from '../design/Keys.tsx'
import { shortOid } from '../state/format.ts'
import { commitWork } from '../state/review-acts.ts'
import { closeDialog, toast, useAway } from '../state/store.ts'
import { useSummaryOf } from '../state/summary-of.ts'
import styles from './Dialogs.module.css'
import { onFormKey } from '../design/form-keys.ts'

/** Draws the dialog for one session. */
export function Commit({ session }: { readonly session: Session }) {
  const away = useAway()
  const last = useSummaryOf(session)?.commits.at(-1)
  const before = last === undefined ? '' : `${last.subject}\n\n${last.body}`.trim()
  // Of a clean worktree only the last message can be another one.
  const [chosen, setAmend] = useState<boolean | null>(null)
  const amend = session.ahead > 0 && (chosen ?? !session.dirty)
  const [typed, setTyped] = useState<string | null>(null)
  const message = typed ?? (amend ? before : '')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  // What is committed is what was there when the dialog opened: another commit meanwhile is refused.
  const [head] = useState(session.head)
  const nothing = !session.dirty && !amend ? 'Everything is committed. Amend the last commit to give it another message.' : null
  const refused = away ?? nothing ?? (message.trim() === '' ? 'Write a message first.' : null)
  const commit = async (): Promise<void> => {
    if (busy || refused !== null) return
    setBusy(true)
    setFailure(null)
    const failed = await commitWork({ name: session.name, message, head, ...(amend ? { amend } : {}) })
    setBusy(false)
    if (failed !== null) return setFailure(failed.code === 'fault' ? null : failed.message)
    toast({
      tone: 'done',
      message: amend ? `The last commit of “${session.name}” is another one now.` : `Committed in “${session.name}”.`,
    })
    closeDialog()
  }
  return (
    <Dialog
      open
      title={`Commit in “${session.name}”`}
      intro="In your name, with the hooks and the signing that you have set up."
      onClose={closeDialog}
      firstFocus={field}
      notice={
        failure === null ? null : (
          <Banner tone="bad">
            <span className={styles['git']}>{failure}</span>
          </Banner>
        )
      }
      footer={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <span className={styles['keys']}>
            <Keys signs={signsOf('mod+enter')} />
          </span>
          <Button look="primary" type="submit" form="commit" busy={busy} refused={refused}>
            {amend ? 'Amend' : 'Commit'}
          </Button>
        </>
      }
    >
      {/* The keys are those of the field in it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        id="commit"
        className={styles['form']}
        onKeyDown={onFormKey}
        onSubmit={(event) => {
          event.preventDefault()
          void commit()
        }}
      >
        {session.ahead === 0 ? null : (
          <Choices
            label="What"
            value={amend ? 'amend' : 'commit'}
            choices={[
              { value: 'commit', label: 'A new commit' },
              {
                value: 'amend',
                label: last === undefined ? 'Into the last commit' : `Into ${shortOid(last.oid)}, the last commit`,
              },
            ]}
            onChoose={(value) => setAmend(value === 'amend')}
          />
        )}
        <TextArea ref={field} label="Message" rows={5} code value={message} onText={setTyped} />
        <p className={styles['hint']}>
          {session.dirty
            ? 'Everything that is not committed in its worktree goes into it; HANDOFF.md of Sluice does not.'
            : amend
              ? 'Only the message becomes another one. The commit is a new one then: an approval of the old one is gone.'
              : 'Everything is committed.'}
        </p>
      </form>
    </Dialog>
  )
}
