/** One line of free text with what may be meant underneath: arrows and Enter or Tab take one, Escape closes the list only. */

import { Autocomplete } from '@base-ui/react/autocomplete'
import { useCallback, useRef, useState, type InputHTMLAttributes, type KeyboardEvent, type ReactNode, type Ref } from 'react'
import { continuing } from './continuing.ts'
import { cx } from './cx.ts'
import { Field, type FieldProps, type Wiring } from './Field.tsx'
import field from './Field.module.css'
import styles from './Suggest.module.css'

export type Suggestion = {
  /** What the field holds when it was taken. */
  readonly value: string
  /** What the list shows; left out: the value. */
  readonly label?: string
  /** Beside it, quietly. */
  readonly note?: string
}

type Line = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'id'> & {
  readonly ref?: Ref<HTMLInputElement>
  readonly value: string
  readonly suggestions: readonly Suggestion[]
  readonly onText: (text: string) => void
  /** After one was taken; `onText` has been told before. */
  readonly onTake?: (text: string) => void
  /** Keys that the list has no use for. */
  readonly onOwnKey?: (event: KeyboardEvent<HTMLInputElement>) => void
  /** Before the text, in the same frame: such as what was taken already. */
  readonly before?: ReactNode
  readonly code?: boolean
}

function Row({ of, code }: { readonly of: Suggestion; readonly code: boolean }) {
  return (
    <Autocomplete.Item className={styles['row']} value={of}>
      <span className={cx(styles['name'], code && field['code'])}>{of.label ?? of.value}</span>
      {of.note === undefined ? null : <span className={styles['note']}>{of.note}</span>}
    </Autocomplete.Item>
  )
}

/** Draws the frame, what stands before the text, the text, and the list while it is open and has something in it. */
export function SuggestLine(props: Line & { readonly wiring: Wiring; readonly listLabel: string }) {
  const { value, suggestions, onText, onTake, onOwnKey, before, code = false, wiring, listLabel, ...rest } = props
  const [open, setOpen] = useState(false)
  /** In a dialog the list belongs to it, for whoever reads the page by its landmarks. */
  const [room, setRoom] = useState<HTMLElement | null>(null)
  const seat = useCallback((frame: HTMLElement | null) => {
    if (frame !== null) setRoom(frame.closest<HTMLElement>('[role="dialog"]'))
  }, [])
  const highlighted = useRef<Suggestion | undefined>(undefined)
  const shown = open && suggestions.length > 0
  const take = (text: string): void => {
    onText(text)
    // A folder goes on inside.
    setOpen(text.endsWith('/'))
    onTake?.(text)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const next = event.key === 'Tab' ? continuing(value, suggestions) : null
    const taken = shown ? (highlighted.current ?? next ?? undefined) : undefined
    if (event.key === 'Tab' && !event.shiftKey && taken !== undefined && taken.value !== value) {
      event.preventDefault()
      take(taken.value)
    } else if (!(shown && (event.key === 'Escape' || (event.key === 'Enter' && taken !== undefined)))) onOwnKey?.(event)
  }
  return (
    <Autocomplete.Root
      mode="none"
      items={suggestions}
      value={value}
      open={shown}
      openOnInputClick
      itemToStringValue={(suggestion: Suggestion) => suggestion.value}
      onItemHighlighted={(suggestion) => {
        highlighted.current = suggestion
      }}
      onValueChange={(text, { reason }) => {
        if (reason === 'item-press') return take(text)
        onText(text)
        setOpen(true)
      }}
      onOpenChange={(next, { reason }) => {
        if (reason !== 'item-press') setOpen(next)
      }}
    >
      <Autocomplete.InputGroup
        ref={seat}
        className={cx(field['control'], before === undefined ? field['line'] : styles['lines'])}
        data-has-before={before === undefined ? undefined : ''}
      >
        {before}
        <Autocomplete.Input
          autoComplete="off"
          spellCheck={false}
          {...rest}
          {...wiring}
          // While the list is open, everything else is hidden from screen readers, the label included.
          aria-label={listLabel}
          className={cx(field['input'], code && field['code'])}
          onKeyDown={onKeyDown}
        />
      </Autocomplete.InputGroup>
      <Autocomplete.Portal container={room ?? undefined}>
        <Autocomplete.Positioner className={styles['positioner']} sideOffset={4}>
          <Autocomplete.Popup className={styles['popup']}>
            <Autocomplete.List className={styles['list']} aria-label={listLabel}>
              {(suggestion: Suggestion) => <Row key={suggestion.value} of={suggestion} code={code} />}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  )
}

/** The same with a label and a line under it. */
export function SuggestField({ label, hint, error, reserve = false, wide = false, ...line }: FieldProps & Line) {
  return (
    <Field
      {...{ label, hint, error, reserve, wide }}
      render={(wiring) => <SuggestLine {...line} wiring={wiring} listLabel={label} />}
    />
  )
}
