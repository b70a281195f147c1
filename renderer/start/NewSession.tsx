/** The dialog for a new session: one prompt is enough. What was typed is kept until the session runs. */

import { useRef } from 'react'
import { suggestModel } from '../../shared/model/routing.ts'
import { signsOf } from '../commands/keys.ts'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { Keys } from '../design/Keys.tsx'
import { SelectField, TextArea, TextField } from '../design/Field.tsx'
import { MODE_CHOICES, modeWords } from '../state/permission-words.ts'
import type { View } from '../state/projection.ts'
import { useAway } from '../state/store.ts'
import { nameOf, nameProblem, promptProblem, refusalOf, scopeOf } from './draft.ts'
import { onFormKey } from '../design/form-keys.ts'
import { KindField } from './KindField.tsx'
import { ModelField } from './ModelField.tsx'
import { More } from './More.tsx'
import styles from './NewSession.module.css'
import { progressOf } from './progress.ts'
import { startWords } from './room.ts'
import { ScopeField } from './ScopeField.tsx'
import { leave } from './starting.ts'
import { Troubles } from './Troubles.tsx'
import { useDraft, type Drafting } from './use-draft.ts'
import { useScope, type ScopeSaid } from './use-scope.ts'
import { OverlapWarning, RoomWarning } from './Warnings.tsx'
import { overlapWarning, roomWarning } from './warnings.ts'

type Part = { readonly view: View; readonly drafting: Drafting; readonly said: ScopeSaid }

function Sides({ view, drafting, said }: Part) {
  const { typed, taken, type, failureAt } = drafting
  const mode = typed.permissionMode === '' ? view.config.permissionMode : typed.permissionMode
  const usual = modeWords(view.config.permissionMode).label
  return (
    <div className={styles['side']}>
      <TextField
        label="Name"
        reserve
        {...(typed.research ? {} : { prefix: 'sluice/' })}
        code
        value={nameOf(typed, taken)}
        error={nameProblem(typed, taken) ?? failureAt('name')}
        placeholder="from the prompt"
        hint={typed.research ? 'Only in Sluice.' : 'Branch and worktree get this name.'}
        onText={(name) => type({ name: name === '' ? null : name })}
      />
      <KindField
        research={typed.research}
        own="A worktree and a branch; what it commits can land."
        onResearch={(research) => type({ research })}
      />
      <ModelField
        value={typed.model}
        usual={view.config.model ?? view.settings.model}
        suggested={suggestModel(typed.prompt, said.match?.matched ?? null)}
        onText={(model) => type({ model })}
      />
      <SelectField
        label="Permission mode"
        reserve
        hint={typed.research ? 'Research is always in plan mode.' : modeWords(mode).sentence}
        value={typed.research ? 'plan' : typed.permissionMode}
        disabled={typed.research}
        choices={[{ value: '', label: `${usual} (default)` }, ...MODE_CHOICES]}
        onChoose={(permissionMode) => type({ permissionMode })}
      />
      <More view={view} drafting={drafting} />
    </div>
  )
}

const NO_SCOPE: readonly string[] = []

type NewSessionProps = { readonly view: View; readonly repository: string }

/** Draws the dialog “New session” over an open repository. What was typed for one is never started in another. */
export function NewSession(props: NewSessionProps) {
  return <Form key={props.repository} {...props} />
}

function Form({ view, repository }: NewSessionProps) {
  const away = useAway()
  const prompt = useRef<HTMLTextAreaElement>(null)
  const drafting = useDraft(repository, view.sessions)
  const { typed, taken, type, failureAt, underWay } = drafting
  const said = useScope(typed.research ? NO_SCOPE : scopeOf(typed))
  const onStart = (): void => {
    if (away === null) drafting.onStart()
  }
  return (
    <Dialog
      open
      large
      title="New session"
      onClose={leave}
      firstFocus={prompt}
      notice={<RoomWarning of={underWay === null ? roomWarning(view.sessions, view.config.maxSessions) : null} />}
      footer={
        <>
          <output className={styles['progress']}>{underWay === null ? null : progressOf(view.sessions, underWay)}</output>
          <Button onClick={leave}>{underWay === null ? 'Cancel' : 'Close'}</Button>
          <span className={styles['keys']}>
            <Keys signs={signsOf('mod+enter')} />
          </span>
          <Button
            look="primary"
            type="submit"
            form="new-session"
            busy={underWay !== null}
            refused={away ?? refusalOf(typed, taken)}
          >
            {startWords(view.sessions, view.config.maxSessions, 'Start')}
          </Button>
        </>
      }
    >
      {/* The keys are those of the fields in it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        id="new-session"
        className={styles['form']}
        onKeyDown={onFormKey}
        onSubmit={(event) => {
          event.preventDefault()
          onStart()
        }}
      >
        <div className={styles['main']}>
          <TextArea
            fill
            ref={prompt}
            label="Prompt"
            value={typed.prompt}
            error={promptProblem(typed)}
            placeholder="What should this session do? Say what to change, what to leave alone, and how to check it."
            onText={(text) => type({ prompt: text })}
          />
          {/* Over the scope: the prompt gives the room, so that the field that is being typed in stays where it is. */}
          <Troubles of={drafting} onGone={() => prompt.current?.focus()} />
          <OverlapWarning of={underWay === null ? overlapWarning(view.sessions, said.match) : null} />
          <ScopeField typed={typed} said={said} isOff={typed.research} error={failureAt('scope')} onType={type} />
        </div>
        <Sides {...{ view, drafting, said }} />
      </form>
    </Dialog>
  )
}
