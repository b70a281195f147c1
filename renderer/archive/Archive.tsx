/** The dialog “Archive”: what is kept, what goes, and one button. What cannot be archived says why in the button's place. */

import { useRef, useState } from 'react'
import type { Session } from '../../shared/model/session.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { archive } from '../state/actions.ts'
import { closeDialog, useAway } from '../state/store.ts'
import styles from './Archive.module.css'
import { Kept } from './Kept.tsx'
import { endsLine } from './wording.ts'
import { useLeavings, type LeavingsSaid } from './use-leavings.ts'

type Of = Pick<Session, 'name' | 'branch' | 'research'>

function Said({ said, of, onAgain }: { readonly said: LeavingsSaid; readonly of: Of; readonly onAgain: () => void }) {
  switch (said.kind) {
    case 'looking':
      return <output className={styles['looking']}>Looking at its worktree…</output>
    case 'unknown':
      return (
        <Banner
          tone={said.goesOn ? 'calm' : 'bad'}
          action={
            <Button size="small" look="quiet" onClick={onAgain}>
              Look again
            </Button>
          }
        >
          {said.message}
        </Banner>
      )
    case 'known':
      if (of.research) return <p>It has no worktree of its own, so nothing is removed. Its conversation is kept.</p>
      return <Kept leavings={said.leavings} branch={of.branch} />
  }
}

/** Draws the dialog for one session. */
export function Archive({ session }: { readonly session: Of }) {
  const away = useAway()
  const [said, again] = useLeavings(session.name)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const safe = useRef<HTMLButtonElement>(null)
  const refusal = said.kind === 'known' ? (said.leavings.refusal ?? null) : null
  const ready = said.kind === 'known' || (said.kind === 'unknown' && said.goesOn)
  const onArchive = async (): Promise<void> => {
    setBusy(true)
    setFailure(null)
    const failed = await archive(session.name)
    setBusy(false)
    if (failed === null) return closeDialog()
    // A fault shows itself.
    setFailure(failed.code === 'fault' ? null : failed.message)
  }
  return (
    <Dialog
      open
      title={`Archive “${session.name}”`}
      onClose={closeDialog}
      firstFocus={safe}
      asks
      footer={
        <>
          <output className={styles['note']}>{said.kind === 'known' && refusal === null ? endsLine(said.leavings) : null}</output>
          <Button ref={safe} onClick={closeDialog}>
            {refusal === null ? 'Cancel' : 'Close'}
          </Button>
          {refusal === null ? (
            <Button
              look="primary"
              busy={busy}
              refused={away ?? (ready ? null : 'What would go is not known yet.')}
              onClick={() => void onArchive()}
            >
              Archive
            </Button>
          ) : null}
        </>
      }
    >
      <div className={styles['body']}>
        {refusal === null ? null : <Banner tone="bad">{refusal}</Banner>}
        {failure === null ? null : <Banner tone="bad">{failure}</Banner>}
        <Said said={said} of={session} onAgain={again} />
      </div>
    </Dialog>
  )
}
