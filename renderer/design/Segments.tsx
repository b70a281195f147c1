/** A few views of the same thing, side by side: a tab list that looks like one switch. */

import type { KeyboardEvent } from 'react'
import styles from './Segments.module.css'

export type Segment<T extends string> = { readonly value: T; readonly label: string; readonly count?: number | 'some' | null }

/** Draws a tab list; the arrow keys move through it. */
export function Segments<T extends string, Value extends string = T>(props: {
  readonly label: string
  readonly segments: readonly Segment<T>[]
  /** One of the segments, or what none of them shows. */
  readonly value: T | Value
  readonly panel: string
  readonly onChoose: (value: T) => void
}) {
  const { segments, value } = props
  const isOne = segments.some((segment) => segment.value === value)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const at = segments.findIndex((segment) => segment.value === value)
    const next = (at + step + segments.length) % segments.length
    const chosen = segments[next]
    if (chosen === undefined) return
    event.preventDefault()
    props.onChoose(chosen.value)
    const tab = event.currentTarget.children[next]
    if (tab instanceof HTMLElement) tab.focus()
  }
  return (
    <div className={styles['segments']} role="tablist" aria-label={props.label} tabIndex={-1} onKeyDown={onKeyDown}>
      {segments.map((segment, index) => (
        <button
          key={segment.value}
          type="button"
          role="tab"
          className={styles['segment']}
          aria-selected={segment.value === value}
          aria-controls={props.panel}
          tabIndex={(isOne ? segment.value === value : index === 0) ? 0 : -1}
          onClick={() => props.onChoose(segment.value)}
        >
          {segment.label}
          {segment.count === undefined || segment.count === null ? null : segment.count === 'some' ? (
            <span className={styles['some']}>
              <span className="visually-hidden">some</span>
            </span>
          ) : (
            <span className={styles['count']}>{segment.count}</span>
          )}
        </button>
      ))}
    </div>
  )
}
