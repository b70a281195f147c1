/** The dialog “Fork”: a new session that begins with the conversation of another one. */

import { useRef, useState } from 'react'
import type { Session } from '../../shared/model/session.ts'
import { signsOf } from '../commands/keys.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { TextArea, TextField } from '../design/Field.tsx'
import { Keys } from '../design/Keys.tsx'
import { fork } from '../state/actions.ts'
import type { View } from '../state/projection.ts'
import { closeDialog, openDialog, select, toast, useAway, useWindow } from '../state/store.ts'
import { fieldOf, promptProblem } from './draft.ts'
import { forkName, nameProblemOf } from './forking.ts'
import styles from './NewSession.module.css'
import { onFormKey } from '../design/form-keys.ts'
import { startWords } from './room.ts'
import { onceSettingUp } from './setting-up.ts'
import { KindField } from './KindField.tsx'

/** Draws the dialog over the session whose conversation goes on twice. */
export function Fork({ view, session }: { readonly view: View; readonly session: Session }) {
  const away = useAway()
  const taken = view.sessions.map(({ name }) => name)
  const [name, setName] = useState(() => forkName(session.name, taken))
  const [research, setResearch] = useState(session.research)
  const [prompt, setPrompt] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<{ readonly code: string; readonly message: string } | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const problem = busy ? null : nameProblemOf(name, taken)
  const atName = failure !== null && fieldOf(failure.code) === 'name' ? failure.message : null
  const isOpen = (): boolean => {
    const { dialog, dialogAt } = useWindow.getState()
    return dialog === 'fork' && dialogAt === session.id
  }
  const onFork = async (): Promise<void> => {
    if (busy || away !== null || problem !== null || promptProblem({ prompt }) !== null) return
    setBusy(true)
    setFailure(null)
    const unwatch = onceSettingUp(name.trim(), (id) => {
      if (!isOpen()) return
      select(id)
      openDialog(null)
    })
    const wanted = { to: name.trim(), research, ...(prompt.trim() === '' ? {} : { prompt }) }
    const failed = await fork(session.name, wanted, isOpen).finally(unwatch)
    setBusy(false)
    // A setup that failed shows in the tab, a fault by itself.
    if (failed === null || failed.code === 'setup-failed') return isOpen() ? openDialog(null) : undefined
    if (failed.code === 'fault') return
    if (isOpen()) setFailure(failed)
    else toast({ tone: 'failure', message: `“${session.name}” was not forked: ${failed.message}` })
  }
  return (
    <Dialog
      open
      title={`Fork “${session.name}”`}
      intro="A new session that knows all that was said so far. Both go on from here, each by itself."
      onClose={closeDialog}
      firstFocus={field}
      footer={
        <>
          <Button onClick={closeDialog}>{busy ? 'Close' : 'Cancel'}</Button>
          <span className={styles['keys']}>
            <Keys signs={signsOf('mod+enter')} />
          </span>
          <Button look="primary" type="submit" form="fork" busy={busy} refused={away ?? problem ?? promptProblem({ prompt })}>
            {startWords(view.sessions, view.config.maxSessions, 'Fork')}
          </Button>
        </>
      }
    >
      {/* The keys are those of the fields in it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        id="fork"
        className={styles['single']}
        onKeyDown={onFormKey}
        onSubmit={(event) => {
          event.preventDefault()
          void onFork()
        }}
      >
        {failure !== null && atName === null ? <Banner tone="bad">{failure.message}</Banner> : null}
        <TextArea
          ref={field}
          rows={4}
          label="Prompt (optional)"
          value={prompt}
          error={promptProblem({ prompt })}
          placeholder="What should it do other than the first? Without a prompt it waits for one."
          onText={setPrompt}
        />
        <TextField
          label="Name"
          reserve
          code
          {...(research ? {} : { prefix: 'sluice/' })}
          value={name}
          error={problem ?? atName}
          onText={(text) => {
            setName(text)
            setFailure(null)
          }}
        />
        <KindField
          research={research}
          own={
            session.dirty && !session.research
              ? `Starts from the last commit of “${session.name}”. What is uncommitted there is not carried over.`
              : session.research
                ? 'A worktree and a branch, from the target.'
                : `Starts from the last commit of “${session.name}”. Uncommitted changes are not carried over.`
          }
          onResearch={setResearch}
        />
      </form>
    </Dialog>
  )
}
