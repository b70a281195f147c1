/** The dialog “Have another session review it”: what will happen, which model, and one button. */

import { useRef, useState } from 'react'
import type { Session } from '../../shared/model/session.ts'
import { MODELS } from '../../shared/model/routing.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { SelectField } from '../design/Field.tsx'
import { handOver } from '../state/review-acts.ts'
import { openDialog, closeDialog, select, toast, useAway, useWindow } from '../state/store.ts'
import styles from './Dialogs.module.css'

const USUAL = ''

/** Draws the dialog for one session. */
export function Hand({ session }: { readonly session: Session }) {
  const away = useAway()
  const [model, setModel] = useState(USUAL)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const hand = async (): Promise<void> => {
    setBusy(true)
    setFailure(null)
    const answer = await handOver(session.name, model === USUAL ? undefined : model)
    setBusy(false)
    const { dialog, dialogAt } = useWindow.getState()
    const isOpen = dialog === 'hand' && dialogAt === session.id
    if (answer.ok) {
      // Who went on meanwhile is not taken away from there.
      if (!isOpen) return toast({ tone: 'done', message: `“${answer.value.name}” reviews “${session.name}”.` })
      openDialog(null)
      return select(answer.value.id)
    }
    const failed = answer.failure
    if (failed.code === 'fault') return
    if (isOpen) setFailure(failed.message)
    else toast({ tone: 'failure', message: `“${session.name}” was not handed over: ${failed.message}` })
  }
  return (
    <Dialog
      open
      title={`Have another session review “${session.name}”`}
      intro="A research session reads the branch and changes nothing. What it finds becomes comments here, as drafts: you decide which of them are sent."
      onClose={closeDialog}
      firstFocus={button}
      notice={failure === null ? null : <Banner tone="bad">{failure}</Banner>}
      footer={
        <>
          <Button onClick={closeDialog}>{busy ? 'Close' : 'Cancel'}</Button>
          <Button ref={button} look="primary" busy={busy} refused={away} onClick={() => void hand()}>
            Start the review
          </Button>
        </>
      }
    >
      <div className={styles['form']}>
        <SelectField
          label="Model"
          value={model}
          choices={[{ value: USUAL, label: 'As usual' }, ...MODELS.map((one) => ({ value: one, label: one }))]}
          onChoose={setModel}
        />
      </div>
    </Dialog>
  )
}
