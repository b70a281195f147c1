/** The control of one setting, by its kind. */

import type { KeyboardEvent, ReactNode } from 'react'
import { MODELS } from '../../shared/model/routing.ts'
import { PERMISSION_MODES } from '../../shared/model/session.ts'
import { Choices } from '../design/Choices.tsx'
import { cx } from '../design/cx.ts'
import type { Wiring } from '../design/Field.tsx'
import field from '../design/Field.module.css'
import { SuggestLine } from '../design/Suggest.tsx'
import { Switch } from '../design/Switch.tsx'
import { MODE_CHOICES } from '../state/permission-words.ts'
import type { SettingField } from './fields.ts'
import styles from './Settings.module.css'
import type { Setting } from './use-setting.ts'

type ControlProps = { readonly of: SettingField; readonly setting: Setting; readonly wiring: Wiring; readonly usual: string }

function Line({ of, setting, wiring, usual }: ControlProps) {
  const { control } = of
  const isNumber = control.kind === 'number' || control.kind === 'minutes' || control.kind === 'amount'
  const placeholder = usual !== '' ? usual : 'placeholder' in control ? control.placeholder : ''
  return (
    <span className={cx(field['control'], field['line'])}>
      <input
        {...wiring}
        className={cx(field['input'], control.kind === 'line' && control.code === true && field['code'])}
        value={setting.text}
        placeholder={placeholder}
        inputMode={isNumber ? 'decimal' : undefined}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setting.onText(event.target.value)}
        onBlur={setting.onLeave}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) setting.onLeave()
        }}
      />
      {'unit' in control ? <span className={styles['unit']}>{control.unit}</span> : null}
    </span>
  )
}

function Lines({ of, setting, wiring }: ControlProps) {
  const { control } = of
  const rows = Math.min(8, Math.max(3, setting.text.split('\n').length))
  return (
    <textarea
      {...wiring}
      className={cx(field['control'], field['area'], field['code'])}
      rows={rows}
      value={setting.text}
      placeholder={control.kind === 'lines' ? control.placeholder : ''}
      spellCheck={false}
      onChange={(event) => setting.onText(event.target.value)}
      onBlur={setting.onLeave}
    />
  )
}

function ModelLine({ of, setting, wiring, usual }: ControlProps) {
  const fallback = usual === '' ? 'Claude Code’s own default' : usual
  return (
    <SuggestLine
      wiring={wiring}
      listLabel={of.label}
      value={setting.text}
      placeholder={fallback}
      suggestions={[{ value: '', label: fallback }, ...MODELS.map((value) => ({ value }))]}
      onText={setting.onText}
      onTake={(model) => setting.onChoose(model === '' ? null : model)}
      onBlur={setting.onLeave}
      onOwnKey={(event: KeyboardEvent) => {
        if (event.key === 'Enter') setting.onLeave()
      }}
    />
  )
}

function Mode({ setting, wiring }: ControlProps) {
  return (
    <select
      {...wiring}
      className={cx(field['control'], field['select'])}
      value={String(setting.value)}
      onChange={(event) => {
        const mode = PERMISSION_MODES.find((one) => one === event.target.value)
        if (mode !== undefined) setting.onChoose(mode)
      }}
    >
      {MODE_CHOICES.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
}

/** Draws the control. `usual`: what holds while the field is empty, when that is known. */
export function Control(props: ControlProps): ReactNode {
  const { of, setting, wiring } = props
  switch (of.control.kind) {
    case 'switch':
      return <Switch {...wiring} checked={setting.value === true} onCheck={setting.onChoose} />
    case 'choices':
      return (
        <Choices
          label={of.label}
          value={String(setting.value)}
          choices={of.control.choices}
          describedBy={wiring['aria-describedby']}
          onChoose={setting.onChoose}
        />
      )
    case 'mode':
      return <Mode {...props} />
    case 'model':
      return <ModelLine {...props} />
    case 'lines':
      return <Lines {...props} />
    default:
      return <Line {...props} />
  }
}
