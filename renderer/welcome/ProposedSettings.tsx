/** The panel of a repository's first visit: the commands its files suggest, to be confirmed. Nothing runs before that. */

import { Plus } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import type { Repository } from '../../shared/model/repository.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { setConfig } from '../state/actions.ts'
import { useAway, useHouse } from '../state/store.ts'
import { Findings } from './Findings.tsx'
import { chosenOf, proposalOf, type Proposal, type Proposed } from './first-steps.ts'
import styles from './FirstSteps.module.css'
import { useFound } from './use-found.ts'

const OWN: Proposed = { command: '', from: '', taken: true }

type RowProps = { readonly of: Proposed; readonly label: string; readonly onChange: (next: Proposed) => void }

function Row({ of, label, onChange }: RowProps) {
  return (
    <li className={styles['row']}>
      <input
        type="checkbox"
        aria-label={`Use ${label}`}
        checked={of.taken}
        onChange={(event) => onChange({ ...of, taken: event.target.checked })}
      />
      <input
        className={styles['command']}
        aria-label={label}
        value={of.command}
        placeholder="npm test"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange({ ...of, command: event.target.value, taken: event.target.value.trim() !== '' })}
      />
      <span className={styles['from']} title={of.from === '' ? undefined : `Found in ${of.from}`}>
        {of.from}
      </span>
    </li>
  )
}

function Part(props: { readonly title: string; readonly hint: string; readonly children: ReactNode; readonly more?: ReactNode }) {
  const id = useId()
  return (
    <section className={styles['part']} aria-labelledby={id}>
      <div className={styles['head']}>
        <h2 id={id}>{props.title}</h2>
        <p className={styles['hint']}>{props.hint}</p>
      </div>
      <ul>{props.children}</ul>
      {props.more}
    </section>
  )
}

export type ProposedSettingsProps = {
  readonly repository: Repository
  /** Before the first of them is kept: from then on the settings alone do not say that the panel is over. */
  readonly onTake: () => void
  readonly onDone: () => void
}

/** Draws the panel; `onDone` after the settings were taken, or put off. */
export function ProposedSettings({ repository, onTake, onDone }: ProposedSettingsProps) {
  const away = useAway()
  const state = useFound(repository.id)
  const [edited, setEdited] = useState<Proposal | null>(null)
  const [saving, setSaving] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const found = state.found === null ? null : proposalOf(state.found)
  const proposal = edited ?? found
  const nothingFound = found !== null && found.checks.length === 0
  // A row of one's own where nothing was found, so that there is something to type into.
  const checks = proposal === null ? [] : proposal.checks.length === 0 ? [OWN] : proposal.checks
  const setup = proposal?.setup ?? null
  const chosen = proposal === null ? {} : chosenOf(proposal)
  const change = (at: number, next: Proposed): void =>
    setEdited({ checks: checks.map((one, index) => (index === at ? next : one)), setup })

  const take = async (): Promise<void> => {
    setSaving(true)
    setFailure(null)
    onTake()
    for (const [key, value] of Object.entries(chosen)) {
      // Another repository may have been opened meanwhile; this was not said of it.
      if (useHouse.getState().projection.view?.repository?.id !== repository.id) return
      const failed = await setConfig(repository.id, key, value)
      if (failed === null) continue
      setSaving(false)
      return setFailure(failed.message)
    }
    setSaving(false)
    onDone()
  }
  return (
    <div className={styles['panel']}>
      <h1 className={styles['title']}>Before the first session</h1>
      <p className={styles['hint']}>
        {nothingFound
          ? `Sluice found no build or test command in ${repository.name}. If there is one, it keeps what is broken from landing.`
          : `Sluice read what ${repository.name} is built with and ran nothing. What you confirm is kept by Sluice, not in the repository.`}
      </p>
      <Part
        title="Checks"
        hint="Run on every rebased commit; all must pass before it lands."
        more={
          <Button
            size="small"
            look="quiet"
            icon={<Plus />}
            refused={proposal === null ? 'Sluice is still looking.' : null}
            onClick={() => setEdited({ checks: [...checks, OWN], setup })}
          >
            Add a check
          </Button>
        }
      >
        {checks.map((one, at) => (
          // A command is known by its place: its text is what is being typed.
          // oxlint-disable-next-line react/no-array-index-key
          <Row key={at} of={one} label={`Check ${at + 1}`} onChange={(next) => change(at, next)} />
        ))}
      </Part>
      {setup === null ? null : (
        <Part title="Setup" hint="Runs once in every new worktree, before anything else.">
          <Row of={setup} label="Setup" onChange={(next) => setEdited({ checks, setup: next })} />
        </Part>
      )}
      {failure === null ? null : <Banner tone="bad">{failure}</Banner>}
      <div className={styles['actions']}>
        <Button
          look="primary"
          busy={saving}
          refused={away ?? (Object.keys(chosen).length === 0 ? 'Tick or type a command first.' : null)}
          onClick={() => void take()}
        >
          {chosen.checks === undefined && chosen.setup !== undefined ? 'Use this setup' : 'Use these checks'}
        </Button>
        <Button look="quiet" onClick={onDone}>
          Not now
        </Button>
      </div>
      <div className={styles['machine']}>
        <Findings {...state} />
      </div>
    </div>
  )
}
