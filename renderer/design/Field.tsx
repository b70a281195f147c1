/** A labelled control with a hint or one sentence of what is wrong. The label is the accessible name. */

import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'
import { useId } from 'react'
import { cx } from './cx.ts'
import styles from './Field.module.css'

export type FieldProps = {
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | null | undefined
  /** Keeps the line under it free, so that nothing moves when a sentence comes. The sentence may run on under the next field. */
  readonly reserve?: boolean
  /** Takes the whole row of a form grid. */
  readonly wide?: boolean
  /** Takes all the height that is left. */
  readonly fill?: boolean
}

export type Wiring = {
  readonly id: string
  readonly 'aria-invalid': true | undefined
  readonly 'aria-describedby': string | undefined
}

/** A label, the control that `render` draws, and what is to be said under it. */
export function Field({
  label,
  hint,
  error,
  wide = false,
  reserve = false,
  fill = false,
  render,
}: FieldProps & { readonly render: (wiring: Wiring) => ReactNode }) {
  const id = useId()
  const note = `${id}-note`
  const noted = Boolean(error) || hint !== undefined
  return (
    <div className={cx(styles['field'], wide && styles['wide'], reserve && styles['reserve'], fill && styles['fill'])}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      {render({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': noted ? note : undefined })}
      {noted ? (
        <p id={note} className={error ? styles['error'] : styles['hint']} role={error ? 'alert' : undefined}>
          {error ? error : hint}
        </p>
      ) : reserve ? (
        <p className={styles['hint']} />
      ) : null}
    </div>
  )
}

type Text = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'prefix'> & {
  readonly ref?: Ref<HTMLInputElement>
  readonly onText: (text: string) => void
  /** Fixed text before what is typed, such as “sluice/”. */
  readonly prefix?: string
  readonly code?: boolean
}

/** One line of text. */
export function TextField({
  label,
  hint,
  error,
  wide,
  reserve = false,
  onText,
  prefix,
  code = false,
  ...rest
}: FieldProps & Text) {
  return (
    <Field
      {...{ label, hint, error, reserve, ...(wide === undefined ? {} : { wide }) }}
      render={(wiring) => (
        <span className={cx(styles['control'], styles['line'])}>
          {prefix === undefined ? null : <span className={styles['prefix']}>{prefix}</span>}
          <input
            autoComplete="off"
            spellCheck={false}
            {...rest}
            {...wiring}
            className={cx(styles['input'], code && styles['code'])}
            onChange={(event) => onText(event.target.value)}
          />
        </span>
      )}
    />
  )
}

type Area = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'> & {
  readonly ref?: Ref<HTMLTextAreaElement>
  readonly onText: (text: string) => void
  readonly code?: boolean
}

/** Several lines of text. */
export function TextArea({ label, hint, error, wide, fill = false, onText, code = false, ...rest }: FieldProps & Area) {
  return (
    <Field
      {...{ label, hint, error, fill, ...(wide === undefined ? {} : { wide }) }}
      render={(wiring) => (
        <textarea
          {...rest}
          {...wiring}
          className={cx(styles['control'], styles['area'], code && styles['code'])}
          onChange={(event) => onText(event.target.value)}
        />
      )}
    />
  )
}

type Choice<T extends string> = Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'value'> & {
  readonly value: T
  readonly choices: readonly { readonly value: T; readonly label: string }[]
  readonly onChoose: (value: T) => void
}

/** One of a few choices; the system's own list, so that it is known to everybody and every screen reader. */
export function SelectField<T extends string>(props: FieldProps & Choice<T>) {
  const { label, hint, error, wide, reserve = false, choices, onChoose, ...rest } = props
  return (
    <Field
      {...{ label, hint, error, reserve, ...(wide === undefined ? {} : { wide }) }}
      render={(wiring) => (
        <select
          {...rest}
          {...wiring}
          className={cx(styles['control'], styles['select'])}
          onChange={(event) => {
            const chosen = choices.find((choice) => choice.value === event.target.value)
            if (chosen !== undefined) onChoose(chosen.value)
          }}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    />
  )
}
