/** The trust question, in plain words: what this repository could run, and what follows from the answer. */

import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { Repository } from '../../shared/model/repository.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { trustRepository } from '../state/actions.ts'
import { putOffTrust, useAway } from '../state/store.ts'
import styles from './TrustQuestion.module.css'

/** Draws the dialog “Trust this repository?”. */
export function TrustQuestion({ repository }: { readonly repository: Repository }) {
  const away = useAway()
  const [asking, setAsking] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const trust = async (): Promise<void> => {
    setAsking(true)
    const failed = await trustRepository()
    setAsking(false)
    setFailure(failed?.message ?? null)
  }
  return (
    <Dialog
      open
      title="Trust this repository?"
      intro={
        <>
          Sessions and checks run commands on your computer, and <strong>{repository.name}</strong> can bring commands of its own.
          Trust it only if you trust the people who wrote it.
        </>
      }
      onClose={() => putOffTrust(repository.id)}
      footer={
        <>
          <Button onClick={() => putOffTrust(repository.id)}>Not now</Button>
          <Button look="primary" busy={asking} refused={away} onClick={() => void trust()}>
            Trust
          </Button>
        </>
      }
    >
      {repository.risks.length === 0 ? (
        <p className={styles['none']}>Sluice found nothing in it that runs by itself.</p>
      ) : (
        <>
          <p className={styles['label']}>Found in it, and not run:</p>
          <ul className={styles['risks']} aria-label="What it could run">
            {repository.risks.map((risk) => (
              <li key={risk}>
                <TriangleAlert aria-hidden="true" />
                {risk}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={styles['none']}>Until you trust it you can look at everything; no session starts and nothing lands.</p>
      {failure === null ? null : <Banner tone="bad">{failure}</Banner>}
    </Dialog>
  )
}
