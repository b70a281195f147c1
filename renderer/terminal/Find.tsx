/** The field that finds text in a terminal: what is looked for, how, and how much was found. */

import { ALargeSmall, ChevronDown, ChevronUp, Regex, WholeWord, X } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore, type KeyboardEvent } from 'react'
import { IconButton } from '../design/IconButton.tsx'
import type { Finder, Found } from './finder.ts'
import { countWords, type Query } from './search.ts'
import styles from './Screen.module.css'

/** What was looked for last, in any terminal: most often it is wanted again. */
let last: Query = { text: '', matchCase: false, wholeWord: false, regex: false }

function wordsOf(found: Found | null): string {
  if (found === null) return ''
  if (found.problem === 'no-pattern') return 'Not a regular expression'
  if (found.problem === 'failed') return 'Cannot search; reload the window'
  if (found.problem === 'too-slow') return 'Takes too long; make it simpler'
  return `${countWords(found)}${found.cut ? ' in the newest lines' : ''}`
}

const CHOICES = [
  { key: 'matchCase', label: 'Match case', icon: <ALargeSmall /> },
  { key: 'wholeWord', label: 'Whole words', icon: <WholeWord /> },
  { key: 'regex', label: 'Regular expression', icon: <Regex /> },
] as const

type FindProps = {
  readonly finder: Finder
  /** How often it was asked for: another time leads back into the field. */
  readonly asked: number
  readonly onClose: () => void
}

/** Draws it; keyed by the terminal. */
export function Find({ finder, asked, onClose }: FindProps) {
  const field = useRef<HTMLInputElement>(null)
  const [query, setQuery] = useState(last)
  const found = useSyncExternalStore(finder.subscribe, finder.found)
  useEffect(() => {
    last = query
    finder.find(query)
  }, [finder, query])
  useEffect(() => () => finder.close(), [finder])
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [asked])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter' && event.target === field.current) finder.step(event.shiftKey ? -1 : 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const none = found === null || found.count === 0 ? 'Nothing is found yet.' : null
  return (
    // Keys of everything in it, as they come up from there.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <search
      className={styles['find']}
      data-low={found?.covered === true || undefined}
      aria-label="Find in the terminal"
      onKeyDown={onKeyDown}
    >
      <span className={styles['field']}>
        <input
          ref={field}
          type="text"
          className={styles['text']}
          aria-label="Find in the terminal"
          aria-invalid={(found !== null && found.problem !== null) || undefined}
          placeholder="Find"
          autoComplete="off"
          spellCheck={false}
          maxLength={1_000}
          value={query.text}
          onChange={(event) => setQuery({ ...query, text: event.target.value })}
        />
        <output className={styles['count']}>{wordsOf(found)}</output>
      </span>
      {CHOICES.map(({ key, label, icon }) => (
        <IconButton
          key={key}
          small
          className={styles['choice']}
          label={label}
          aria-pressed={query[key]}
          onClick={() => setQuery({ ...query, [key]: !query[key] })}
        >
          {icon}
        </IconButton>
      ))}
      <IconButton small label="Previous" shortcut="Shift+Enter" refused={none} onClick={() => finder.step(-1)}>
        <ChevronUp />
      </IconButton>
      <IconButton small label="Next" shortcut="Enter" refused={none} onClick={() => finder.step(1)}>
        <ChevronDown />
      </IconButton>
      <IconButton small label="Close" shortcut="Esc" onClick={onClose}>
        <X />
      </IconButton>
    </search>
  )
}
