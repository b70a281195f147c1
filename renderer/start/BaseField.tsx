/** Where a new session starts from: a branch, a tag or a commit, with what is known of it in the line under it. */

import { useState } from 'react'
import { SuggestField } from '../design/Suggest.tsx'
import { useNow } from '../state/use-now.ts'
import { baseWords, behindWords } from './base-words.ts'
import { useBase } from './use-base.ts'

export type BaseFieldProps = {
  readonly value: string
  readonly target: string
  /** Where nothing can be chosen: why, in a sentence. */
  readonly fixed: string | null
  readonly error: string | null
  readonly onText: (from: string) => void
}

/** Draws the field. */
export function BaseField({ value, target, fixed, error, onText }: BaseFieldProps) {
  const [focused, setFocused] = useState(false)
  const now = useNow(60_000)
  const from = value.trim()
  const { look, problem, completions } = useBase(fixed === null ? from : null, focused)
  const behind = look === null ? null : behindWords(look, now)
  const known = look === null ? `Branch, tag or commit. Empty: ${target}.` : baseWords(look)
  return (
    <SuggestField
      label="Start from"
      reserve
      code
      value={fixed === null ? value : ''}
      placeholder={target}
      disabled={fixed !== null}
      suggestions={completions.filter((name) => name !== from).map((name) => ({ value: name }))}
      hint={fixed ?? (behind === null ? known : `${known} · ${behind}`)}
      error={fixed === null ? (error ?? problem) : null}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onText={onText}
    />
  )
}
