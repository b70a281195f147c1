/** A dialog that is a search field and the rows it finds, in sections. Knows nothing of what the rows are. */

import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Keys } from './Keys.tsx'
import { Marked } from './Marked.tsx'
import styles from './Palette.module.css'

export type PaletteRow = {
  readonly id: string
  readonly label: string
  /** Which characters of the label were found. */
  readonly marks: readonly number[]
  readonly icon?: ReactNode
  /** Beside the label, quieter. */
  readonly note?: ReactNode
  readonly keys?: readonly string[]
  /** Why it cannot be picked now; the note may say it shorter. */
  readonly refused?: string | null
}

export type PaletteSection = { readonly title: string; readonly items: readonly PaletteRow[] }

function Row({ row, onPick }: { readonly row: PaletteRow; readonly onPick: (id: string) => void }) {
  const refused = row.refused ?? null
  return (
    <Autocomplete.Item
      value={row}
      className={styles['row']}
      // It stays reachable, so that the reason can be read.
      aria-disabled={refused === null ? undefined : true}
      title={refused ?? undefined}
      onClick={() => (refused === null ? onPick(row.id) : undefined)}
    >
      <span className={styles['icon']}>{row.icon}</span>
      <span className={styles['label']}>
        <Marked text={row.label} marks={row.marks} />
      </span>
      {refused !== null || row.note !== undefined ? <span className={styles['note']}>{row.note ?? refused}</span> : null}
      {row.keys === undefined ? null : <Keys signs={row.keys} />}
    </Autocomplete.Item>
  )
}

export type PaletteProps = {
  readonly title: string
  readonly placeholder: string
  readonly query: string
  readonly onQuery: (query: string) => void
  /** The best first. */
  readonly sections: readonly PaletteSection[]
  /** What is said when nothing was found. */
  readonly nothing: string
  readonly onPick: (id: string) => void
  readonly onClose: () => void
}

/** Draws the palette over the window. Enter picks the row that stands out, Escape or a click beside it closes. */
export function Palette({ title, placeholder, query, onQuery, sections, nothing, onPick, onClose }: PaletteProps) {
  const field = useRef<HTMLInputElement>(null)
  const [before] = useState(() => document.activeElement)
  // By itself it would go to the first button inside what had the focus, where that was no button.
  useEffect(() => () => (before instanceof HTMLElement ? before.focus({ preventScroll: true }) : undefined), [before])
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles['backdrop']} />
        <Dialog.Popup className={styles['popup']} aria-label={title} initialFocus={field} finalFocus={false}>
          <Autocomplete.Root
            open
            inline
            mode="none"
            autoHighlight="always"
            keepHighlight
            items={sections}
            value={query}
            itemToStringValue={(row: PaletteRow) => row.label}
            onValueChange={(next, { reason }) => (reason === 'input-change' ? onQuery(next) : undefined)}
          >
            <div className={styles['search']}>
              <Search aria-hidden="true" />
              <Autocomplete.Input
                ref={field}
                className={styles['field']}
                aria-label={placeholder}
                placeholder={placeholder}
                spellCheck={false}
              />
            </div>
            <div className={styles['scroll']}>
              <Autocomplete.Empty>
                <p className={styles['nothing']}>{nothing}</p>
              </Autocomplete.Empty>
              <Autocomplete.List className={styles['list']} aria-label={title}>
                {(section: PaletteSection) => (
                  <Autocomplete.Group key={section.title} items={section.items} className={styles['section']}>
                    <Autocomplete.GroupLabel className={styles['title']}>{section.title}</Autocomplete.GroupLabel>
                    <Autocomplete.Collection>
                      {(row: PaletteRow) => <Row key={row.id} row={row} onPick={onPick} />}
                    </Autocomplete.Collection>
                  </Autocomplete.Group>
                )}
              </Autocomplete.List>
            </div>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
