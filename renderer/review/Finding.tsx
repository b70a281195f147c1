/** The field that finds text in the diff: what is looked for, how, and how much was found. The browser’s own sees only what is drawn. */

import { ALargeSmall, ChevronDown, ChevronUp, X } from 'lucide-react'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { IconButton } from '../design/IconButton.tsx'
import { foundWords, type Query } from './finding.ts'
import styles from './Finding.module.css'

export type FindingProps = {
  readonly query: Query
  /** How much was found, which of it is on show, and whether all was searched. */
  readonly count: number
  readonly at: number
  readonly over: boolean
  /** How often it was asked for: another time leads back into the field. */
  readonly asked: number
  readonly onQuery: (query: Query) => void
  readonly onStep: (step: 1 | -1) => void
  readonly onClose: () => void
}

/** Draws it. */
export function Finding({ query, count, at, over, asked, onQuery, onStep, onClose }: FindingProps) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [asked])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter' && event.target === field.current) onStep(event.shiftKey ? -1 : 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const none = count === 0 ? 'Nothing is found yet.' : null
  return (
    // Keys of everything in it, as they come up from there.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <search className={styles['find']} aria-label="Find in the diff" onKeyDown={onKeyDown}>
      <span className={styles['field']}>
        <input
          ref={field}
          type="text"
          className={styles['text']}
          aria-label="Find in the diff"
          placeholder="Find in all files"
          autoComplete="off"
          spellCheck={false}
          maxLength={1_000}
          value={query.text}
          onChange={(event) => onQuery({ ...query, text: event.target.value })}
        />
        <output className={styles['count']}>{query.text === '' ? '' : foundWords({ count, at, over })}</output>
      </span>
      <IconButton
        small
        label="Match case"
        aria-pressed={query.matchCase}
        onClick={() => onQuery({ ...query, matchCase: !query.matchCase })}
      >
        <ALargeSmall />
      </IconButton>
      <IconButton small label="Previous" shortcut="Shift+Enter" refused={none} onClick={() => onStep(-1)}>
        <ChevronUp />
      </IconButton>
      <IconButton small label="Next" shortcut="Enter" refused={none} onClick={() => onStep(1)}>
        <ChevronDown />
      </IconButton>
      <IconButton small label="Close" shortcut="Esc" onClick={onClose}>
        <X />
      </IconButton>
    </search>
  )
}
