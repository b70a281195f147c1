/** The dialog for a new session: one prompt is enough. What was typed is kept until the session started. */

import { useRef, useState } from 'react'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { SelectField, TextArea, TextField } from '../design/Field.tsx'
import { startSession } from '../state/actions.ts'
import { recall, remember } from '../state/memory.ts'
import type { View } from '../state/projection.ts'
import type { Failure } from '../../shared/result.ts'
import { openDialog, useAway } from '../state/store.ts'
import { draft, EMPTY_DRAFT, MODE_CHOICES, modeWords, nameOf, nameProblem, requestOf, type Draft } from './draft.ts'
import styles from './Forms.module.css'

const MODELS = ['opus', 'sonnet', 'haiku'] as const

/** Draws the dialog “New session” over an open repository. */
export function NewSession({ view, repository }: { readonly view: View; readonly repository: string }) {
  const key = `draft.${repository}`
  const [typed, setTyped] = useState<Draft>(() => recall(key, draft, EMPTY_DRAFT))
  const [starting, setStarting] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const away = useAway()
  const prompt = useRef<HTMLTextAreaElement>(null)
  const taken = view.sessions.map((session) => session.name)
  const request = requestOf(typed, taken)
  const target = view.repository?.target?.branch ?? 'the target'

  const type = (part: Partial<Draft>): void => {
    const next = { ...typed, ...part }
    remember(key, next)
    setTyped(next)
    setFailure(null)
  }
  const start = async (): Promise<void> => {
    if (request === null || starting || away !== null) return
    setStarting(true)
    setFailure(null)
    const failed = await startSession(request)
    setStarting(false)
    if (failed !== null) return setFailure(failed)
    remember(key, undefined)
    openDialog(null)
  }

  return (
    <Dialog
      open
      wide
      title="New session"
      onClose={() => openDialog(null)}
      firstFocus={prompt}
      footer={
        <>
          <span className={styles['hint']}>
            {starting ? 'Making the worktree and starting Claude Code…' : 'Ctrl or Cmd + Enter starts it'}
          </span>
          <Button onClick={() => openDialog(null)}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            form="new-session"
            busy={starting}
            refused={away ?? (request === null ? (nameProblem(typed, taken) ?? 'Write a prompt first.') : null)}
          >
            {starting ? 'Starting…' : 'Start session'}
          </Button>
        </>
      }
    >
      <form
        id="new-session"
        className={styles['grid']}
        onSubmit={(event) => {
          event.preventDefault()
          void start()
        }}
      >
        <TextArea
          wide
          ref={prompt}
          label="Prompt"
          rows={6}
          value={typed.prompt}
          placeholder="What should this session do? Say what to change, what to leave alone, and how to check it."
          onText={(text) => type({ prompt: text })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit()
          }}
        />
        <TextField
          label="Name"
          reserve
          prefix="sluice/"
          code
          value={nameOf(typed, taken)}
          error={nameProblem(typed, taken)}
          placeholder="from the prompt"
          onText={(name) => type({ name: name === '' ? null : name })}
        />
        <TextField label="Start from" code value={typed.from} placeholder={target} onText={(from) => type({ from })} />
        <TextField
          label="Model"
          value={typed.model}
          list="known-models"
          placeholder={view.config.model ?? 'Claude Code’s own default'}
          onText={(model) => type({ model })}
        />
        <datalist id="known-models">
          {MODELS.map((model) => (
            <option key={model} value={model}>
              {model}
            </option>
          ))}
        </datalist>
        <SelectField
          label="Permission mode"
          value={typed.permissionMode}
          choices={[{ value: '', label: `${modeWords(view.config.permissionMode)} (default)` }, ...MODE_CHOICES]}
          onChoose={(mode) => type({ permissionMode: mode })}
        />
        <TextField
          wide
          label="Scope"
          code
          value={typed.scope}
          placeholder="src/cart/**, test/cart/**"
          hint="The paths this session owns, with commas between them. Left out: the whole repository."
          onText={(scope) => type({ scope })}
        />
      </form>
      {failure === null ? null : (
        <Banner
          tone="bad"
          action={
            failure.code === 'too-many' ? (
              <Button
                size="small"
                look="quiet"
                onClick={() => openDialog('settings', { at: 'maxSessions', back: 'new-session' })}
              >
                Settings
              </Button>
            ) : null
          }
        >
          {failure.message}
        </Banner>
      )}
    </Dialog>
  )
}
