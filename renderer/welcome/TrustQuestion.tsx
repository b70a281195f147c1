/** The trust question, in plain words: what this repository could run, what Sluice would run, and what follows from the answer. */

import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { Config } from '../../shared/model/config.ts'
import type { Repository } from '../../shared/model/repository.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { trustRepository } from '../state/actions.ts'
import { putOffTrust, useAway } from '../state/store.ts'
import styles from './TrustQuestion.module.css'

function Commands({ of }: { readonly of: readonly string[] }) {
  return of.map((command) => (
    <span key={command}>
      {' '}
      <code>{command}</code>
    </span>
  ))
}

/** What may run once it is trusted. */
function Follows({ checks, setup }: Pick<Config, 'checks' | 'setup'>) {
  return (
    <ul className={styles['follows']} aria-label="What follows when you trust it">
      <li>You can start Claude Code sessions in worktrees of it; each asks for permission as its permission mode says.</li>
      <li>git runs the repository’s own hooks and filters there, as it does in your terminal.</li>
      <li>
        {checks.length === 0 ? (
          'You choose the checks. Sluice proposes some, and runs none before you have said yes to it.'
        ) : (
          <>
            Before anything lands, Sluice runs your checks:
            <Commands of={checks} />
          </>
        )}
      </li>
      {setup === null ? null : (
        <li>
          Every new worktree is set up with
          <Commands of={[setup]} />
        </li>
      )}
    </ul>
  )
}

function Risks({ risks }: { readonly risks: readonly string[] }) {
  if (risks.length === 0) return <p className={styles['none']}>Sluice found nothing in it that runs by itself.</p>
  return (
    <>
      <h3 className={styles['label']}>Found in it, and not run:</h3>
      <ul className={styles['risks']} aria-label="What it could run">
        {risks.map((risk) => (
          <li key={risk}>
            <TriangleAlert aria-hidden="true" />
            {risk}
          </li>
        ))}
      </ul>
    </>
  )
}

export type TrustQuestionProps = { readonly repository: Repository; readonly config: Pick<Config, 'checks' | 'setup'> }

/** Draws the dialog “Trust this repository?”. Another repository is another question. */
export function TrustQuestion(props: TrustQuestionProps) {
  return <Question key={props.repository.id} {...props} />
}

function Question({ repository, config }: TrustQuestionProps) {
  const away = useAway()
  const [asking, setAsking] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const trust = async (): Promise<void> => {
    setAsking(true)
    const failed = await trustRepository(repository.id)
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
      <Risks risks={repository.risks} />
      <h3 className={styles['label']}>When you trust it:</h3>
      <Follows {...config} />
      <p className={styles['none']}>Until then you can look at everything; no session starts and nothing lands.</p>
      {failure === null ? null : <Banner tone="bad">{failure}</Banner>}
    </Dialog>
  )
}
