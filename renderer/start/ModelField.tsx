/** The model of a new session: a choice, free text, and the one that suits the prompt, which is taken by a click only. */

import { useRef } from 'react'
import { MODELS, modelTitle, type Suggested } from '../../shared/model/routing.ts'
import { Button } from '../design/Button.tsx'
import { SuggestField, type Suggestion } from '../design/Suggest.tsx'
import styles from './NewSession.module.css'
import { suggestionWords } from './suggestion-words.ts'

export type ModelFieldProps = {
  readonly value: string
  /** The model that the settings say; null: Claude Code's own choice. */
  readonly usual: string | null
  readonly suggested: Suggested | null
  readonly onText: (model: string) => void
}

/** Draws the field with one line under it. */
export function ModelField({ value, usual, suggested, onText }: ModelFieldProps) {
  const usually = usual === null ? 'Claude Code’s own default' : `${usual} (default)`
  const choices: readonly Suggestion[] = [
    { value: '', label: usually },
    ...MODELS.filter((model) => model !== usual).map((model) => ({ value: model })),
  ]
  const isChosen = suggested !== null && (value.trim() === '' ? usual : value.trim().toLowerCase()) === suggested.model
  const line = useRef<HTMLInputElement>(null)
  const take = (model: string): void => {
    onText(model)
    // The button goes away with the click; the focus stays in the dialog.
    line.current?.focus()
  }
  return (
    <SuggestField
      ref={line}
      label="Model"
      reserve
      value={value}
      suggestions={choices}
      placeholder={usually}
      onText={onText}
      hint={
        suggested === null ? (
          'opus, sonnet, haiku, or the full name of a model.'
        ) : (
          <>
            {suggestionWords(suggested)}{' '}
            {isChosen ? null : (
              <Button size="small" look="quiet" className={styles['inline'] ?? ''} onClick={() => take(suggested.model)}>
                Use {modelTitle(suggested.model)}
              </Button>
            )}
          </>
        )
      }
    />
  )
}
