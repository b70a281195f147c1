/** The scope of a new session: what was taken, what is being typed, and how much of the target that is. */

import { X } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { Field } from '../design/Field.tsx'
import { SuggestLine } from '../design/Suggest.tsx'
import type { Draft } from './draft.ts'
import { scopeTaken } from './draft.ts'
import styles from './NewSession.module.css'
import { useCompletions, type ScopeSaid } from './use-scope.ts'
import { scopeWords } from './warnings.ts'

type Scope = Pick<Draft, 'scope' | 'scopeText'>

export type ScopeFieldProps = {
  readonly typed: Scope
  readonly said: ScopeSaid
  /** A research session changes nothing, so it owns nothing; what was typed is kept. */
  readonly isOff?: boolean
  readonly error: string | null
  readonly onType: (part: Scope) => void
}

function Chip({ glob, isIdle, onRemove }: { readonly glob: string; readonly isIdle: boolean; readonly onRemove: () => void }) {
  return (
    <span className={styles['chip']} data-idle={isIdle || undefined} title={glob}>
      <span className={styles['glob']}>{glob}</span>
      <button type="button" className={styles['remove']} aria-label={`Remove ${glob}`} onClick={onRemove}>
        <X />
      </button>
    </span>
  )
}

/** What is said under it when nothing is wrong. */
function hintOf(typed: Scope, { match, isFresh }: ScopeSaid): string {
  if (typed.scope.length === 0 && typed.scopeText.trim() === '') return 'Paths this session owns. Empty: the whole repository.'
  if (match === null) return isFresh ? 'Its files could not be counted.' : 'Counting its files…'
  return scopeWords(match)
}

/** Draws the field. */
export function ScopeField({ typed, said, isOff = false, error, onType }: ScopeFieldProps) {
  const line = useRef<HTMLInputElement>(null)
  const [focused, setFocused] = useState(false)
  const { scope, scopeText } = typed
  const completions = useCompletions(scopeText, focused).filter((path) => path !== scopeText && !scope.includes(path))
  const onOwnKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    const composing = event.nativeEvent.isComposing
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !composing && scopeText.trim() !== '') {
      event.preventDefault()
      onType(scopeTaken(typed))
    } else if (event.key === 'Backspace' && scopeText === '' && scope.length > 0) {
      onType({ scope: scope.slice(0, -1), scopeText: '' })
    }
  }
  return (
    <Field
      label="Scope"
      reserve
      hint={isOff ? 'Research changes nothing, so it owns no paths.' : hintOf(typed, said)}
      error={isOff ? null : (error ?? said.problem)}
      render={(wiring) => (
        <SuggestLine
          ref={line}
          wiring={wiring}
          listLabel="Scope"
          disabled={isOff}
          code
          value={isOff ? '' : scopeText}
          suggestions={completions.map((value) => ({ value }))}
          placeholder={isOff || scope.length > 0 ? '' : 'src/cart/**, test/cart/**'}
          before={(isOff ? [] : scope).map((glob) => (
            <Chip
              key={glob}
              glob={glob}
              isIdle={said.match?.unmatched.includes(glob) === true}
              onRemove={() => {
                // Its button goes away; the focus stays in the field.
                line.current?.focus()
                onType({ scope: scope.filter((one) => one !== glob), scopeText })
              }}
            />
          ))}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false)
            if (scopeText.trim() !== '') onType(scopeTaken(typed))
          }}
          onText={(text) =>
            onType(
              /,\s*$/u.test(text) && !text.includes('{') ? scopeTaken({ scope, scopeText: text }) : { scope, scopeText: text },
            )
          }
          onTake={(path) => {
            // A file goes on nowhere; a folder may.
            if (!path.endsWith('/')) onType(scopeTaken({ scope, scopeText: path }))
          }}
          onOwnKey={onOwnKey}
        />
      )}
    />
  )
}
