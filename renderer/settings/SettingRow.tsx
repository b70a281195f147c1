/** One setting with everything about it. */

import type { ReactNode } from 'react'
import { PERMISSION_MODES } from '../../shared/model/session.ts'
import { modeWords } from '../state/permission-words.ts'
import { Control } from './Control.tsx'
import type { SettingField } from './fields.ts'
import { Row, type RowShape } from './Row.tsx'
import { differs } from './settings-form.ts'
import { useSetting, type Setting } from './use-setting.ts'

export type SettingRowProps = {
  readonly of: SettingField
  readonly value: unknown
  /** What holds while the field is empty, when that is known. */
  readonly usual?: string
  /** Under the control. */
  readonly renderMore?: (setting: Setting) => ReactNode
}

/** A permission mode says what it means; everything else has its hint. */
function hintOf(of: SettingField, value: unknown): string {
  const mode = of.control.kind === 'mode' ? PERMISSION_MODES.find((one) => one === value) : undefined
  return mode === undefined ? of.hint : `${of.hint} ${modeWords(mode).sentence}`
}

function shapeOf({ control }: SettingField): RowShape {
  if (control.kind === 'switch') return 'short'
  return control.kind === 'lines' || (control.kind === 'line' && control.isLong === true) ? 'tall' : 'usual'
}

/** Draws the row of one setting. */
export function SettingRow({ of, value, usual = '', renderMore }: SettingRowProps) {
  const setting = useSetting(of, value)
  return (
    <Row
      at={of.at}
      label={of.label}
      hint={hintOf(of, setting.value)}
      problem={setting.problem}
      onReset={of.isGuessed !== true && (differs(of, setting.value) || setting.problem !== null) ? setting.onReset : null}
      shape={shapeOf(of)}
      renderControl={(wiring) => <Control {...{ of, setting, wiring, usual }} />}
    >
      {renderMore?.(setting)}
    </Row>
  )
}
