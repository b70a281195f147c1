/** What shows while a repository has no session: at the first visit what Sluice proposes, afterwards one sentence and one button. */

import { useState } from 'react'
import type { Config } from '../../shared/model/config.ts'
import type { Repository } from '../../shared/model/repository.ts'
import { Button } from '../design/Button.tsx'
import { EmptyState } from '../design/EmptyState.tsx'
import { openDialog } from '../state/store.ts'
import { isProposed, rememberSeen, wasSeen } from './first-steps.ts'
import styles from './FirstSteps.module.css'
import { ProposedSettings } from './ProposedSettings.tsx'

type Props = { readonly repository: Repository; readonly config: Config }

function Start({ repository, config, answered }: Props & { readonly answered: boolean }) {
  const { trusted, target } = repository
  return (
    <>
      <EmptyState
        title="No sessions yet"
        action={
          <Button
            look="primary"
            // The keyboard was on the panel that this replaces.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus={answered}
            refused={trusted ? null : 'Trust this repository first.'}
            onClick={() => openDialog('new-session')}
          >
            Start the first session
          </Button>
        }
      >
        {trusted
          ? `A session is one Claude Code conversation in a worktree of its own. Start several, review them from left to right, and land them on ${target?.branch ?? 'the target'} one after the other.`
          : 'Trust this repository first: no session starts before that. “Review…” above shows what it could run.'}
      </EmptyState>
      {!trusted || config.checks.length > 0 ? null : (
        <p className={styles['aside']}>
          No checks are set: what you approve lands untested.{' '}
          <Button size="small" look="quiet" onClick={() => openDialog('settings', { at: 'checks' })}>
            Set checks
          </Button>
        </p>
      )}
    </>
  )
}

/** Draws the room that sessions will have. Give it the repository's id as its key. */
export function FirstSteps({ repository, config }: Props) {
  const [seen, setSeen] = useState(() => wasSeen(repository.id))
  const [answered, setAnswered] = useState(false)
  const [taking, setTaking] = useState(false)
  const proposes = isProposed({ trusted: repository.trusted, seen, taking }, config)
  const done = (): void => {
    rememberSeen(repository.id)
    setSeen(true)
    setAnswered(true)
  }
  return (
    <main className={styles['room']} aria-label="No sessions">
      {proposes ? (
        <ProposedSettings repository={repository} onTake={() => setTaking(true)} onDone={done} />
      ) : (
        <Start repository={repository} config={config} answered={answered} />
      )}
    </main>
  )
}
