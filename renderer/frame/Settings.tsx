/** The dialog for the settings of the open repository. A refused value says why under its field; the others are kept. */

import { useRef, useState } from 'react'
import type { Config } from '../../shared/model/config.ts'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { CheckField, SelectField, TextArea, TextField } from '../design/Field.tsx'
import { setConfig } from '../state/actions.ts'
import { closeDialog, useAway, useWindow } from '../state/store.ts'
import { MODE_CHOICES } from './draft.ts'
import styles from './Forms.module.css'
import { changedSettings, settingProblems, settingsText, type SettingsText } from './settings-form.ts'

/** Draws the dialog “Settings”. */
export function Settings({ config, target }: { readonly config: Config; readonly target: string }) {
  const [typed, setTyped] = useState(() => settingsText(config))
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const [saving, setSaving] = useState(false)
  const at = useWindow((state) => state.dialogAt)
  const maxSessions = useRef<HTMLInputElement>(null)
  const away = useAway()
  const type = (part: Partial<SettingsText>): void => setTyped({ ...typed, ...part })

  const save = async (): Promise<void> => {
    const problems = settingProblems(typed)
    if (Object.keys(problems).length > 0) return setErrors(problems)
    setSaving(true)
    const refused: Record<string, string> = {}
    for (const { key, value } of changedSettings(config, typed)) {
      const failure = await setConfig(key, value)
      if (failure !== null) refused[key] = failure.message
    }
    setSaving(false)
    setErrors(refused)
    if (Object.keys(refused).length === 0) closeDialog()
  }

  return (
    <Dialog
      open
      title="Settings"
      intro="These settings are kept by Sluice for this repository; nothing is written into it."
      onClose={closeDialog}
      {...(at === 'maxSessions' ? { firstFocus: maxSessions } : {})}
      footer={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button look="primary" type="submit" form="settings" busy={saving} refused={away}>
            Save
          </Button>
        </>
      }
    >
      <form
        id="settings"
        className={styles['grid']}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <TextArea
          wide
          code
          rows={4}
          label="Checks"
          value={typed.checks}
          error={errors['checks']}
          placeholder={'npm run lint\nnpm test'}
          hint="One command a line; all must pass on the rebased commit before it lands."
          onText={(checks) => type({ checks })}
        />
        <TextField
          wide
          code
          label="Setup"
          value={typed.setup}
          error={errors['setup']}
          placeholder="npm ci"
          hint="Runs once in every new worktree, before anything else."
          onText={(setup) => type({ setup })}
        />
        <TextField
          code
          label="Target"
          value={typed.target}
          error={errors['target']}
          placeholder={target}
          hint="The local branch that work lands on."
          onText={(branch) => type({ target: branch })}
        />
        <TextField
          ref={maxSessions}
          label="Sessions at once"
          inputMode="numeric"
          value={typed.maxSessions}
          error={errors['maxSessions']}
          hint="More than 5 is more than one person can review."
          onText={(text) => type({ maxSessions: text })}
        />
        <TextField
          label="Model"
          value={typed.model}
          error={errors['model']}
          placeholder="Claude Code’s own default"
          onText={(model) => type({ model })}
        />
        <SelectField
          label="Permission mode"
          value={typed.permissionMode}
          error={errors['permissionMode']}
          choices={MODE_CHOICES}
          onChoose={(mode) => type({ permissionMode: mode })}
        />
        <CheckField
          label="Only approved commits may land"
          checked={typed.requireApproval}
          error={errors['requireApproval'] ?? null}
          hint="Approval is of one commit: a new commit clears it."
          onCheck={(requireApproval) => type({ requireApproval })}
        />
      </form>
    </Dialog>
  )
}
