/** A field for a path with what may continue it underneath: typed, or walked through with the arrow keys and Enter. */

import { Autocomplete } from '@base-ui/react/autocomplete'
import { Folder, FolderGit2, FolderUp } from 'lucide-react'
import { useId, type Ref } from 'react'
import { cx } from './cx.ts'
import field from './Field.module.css'
import styles from './PathField.module.css'

export type PathChoice = {
  /** What the field holds when it was picked; with a closing separator the list goes on inside. */
  readonly path: string
  readonly name: string
  readonly kind: 'folder' | 'repository' | 'up'
}

export type PathFieldProps = {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  readonly choices: readonly PathChoice[]
  readonly open: boolean
  readonly error?: string | null
  readonly inputRef?: Ref<HTMLInputElement>
  readonly onText: (text: string) => void
  readonly onOpen: (open: boolean) => void
}

const ENDS_OPEN = /[/\\]$/u

const ICON = { folder: <Folder />, repository: <FolderGit2 />, up: <FolderUp /> } as const

function Row({ choice }: { readonly choice: PathChoice }) {
  return (
    <Autocomplete.Item className={styles['row']} value={choice}>
      <span className={styles['icon']} data-kind={choice.kind} aria-hidden="true">
        {ICON[choice.kind]}
      </span>
      <span className={styles['name']}>{choice.kind === 'up' ? 'The folder above' : choice.name}</span>
      {choice.kind === 'repository' ? <span className={styles['note']}>repository</span> : null}
    </Autocomplete.Item>
  )
}

/** Draws the field and, while it is open and there is something to choose, the list. */
export function PathField(props: PathFieldProps) {
  const { label, value, placeholder, choices, open, error, inputRef, onText, onOpen } = props
  const id = useId()
  return (
    <div className={field['field']}>
      <label className={field['label']} htmlFor={id}>
        {label}
      </label>
      <Autocomplete.Root
        mode="none"
        items={choices}
        value={value}
        open={open && choices.length > 0}
        itemToStringValue={(choice: PathChoice) => choice.path}
        onValueChange={(text, { reason }) => {
          onText(text)
          // A folder that was picked has folders of its own: the list stays, one level deeper.
          onOpen(reason !== 'item-press' || ENDS_OPEN.test(text))
        }}
        onOpenChange={(next, { reason }) => {
          // What was picked decides by itself whether the list goes on.
          if (reason !== 'item-press') onOpen(next)
        }}
      >
        <Autocomplete.InputGroup className={cx(field['control'], field['line'])}>
          <Autocomplete.Input
            id={id}
            ref={inputRef}
            className={cx(field['input'], field['code'])}
            placeholder={placeholder}
            spellCheck={false}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `${id}-note` : undefined}
            // The field is the only thing to do where it shows.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
          />
        </Autocomplete.InputGroup>
        <Autocomplete.Portal>
          <Autocomplete.Positioner className={styles['positioner']} sideOffset={4}>
            <Autocomplete.Popup className={styles['popup']} aria-label="Folders">
              <Autocomplete.List className={styles['list']}>
                {(choice: PathChoice) => <Row key={choice.path} choice={choice} />}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
      {error ? (
        <p id={`${id}-note`} className={field['error']} role="alert">
          {error}
        </p>
      ) : null}
    </div>
  )
}
