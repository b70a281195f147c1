/** Settings as a person types them: to text and back, and what is wrong with them in a sentence. Pure. */

import { config, CONFIG_WORDS, DEFAULT_CONFIG, type Config } from '../../shared/model/config.ts'
import { DEFAULT_SETTINGS, settings, SETTINGS_WORDS, type Settings } from '../../shared/model/settings.ts'
import type { Control, SettingField } from './fields.ts'

/** The kinds of controls that are text. */
export type TextControl = Exclude<Control, { kind: 'switch' | 'choices' | 'mode' }>

/** The value of a setting now. */
export function valueOf(field: SettingField, yours: Settings, here: Config): unknown {
  return field.owner === 'you' ? yours[field.key] : here[field.key]
}

/** What it is when nobody set it. */
export function defaultOf(field: SettingField): unknown {
  return valueOf(field, DEFAULT_SETTINGS, DEFAULT_CONFIG)
}

/** True when there is something to reset. */
export function differs(field: SettingField, value: unknown): boolean {
  return JSON.stringify(value) !== JSON.stringify(defaultOf(field))
}

/** Takes a value; gives it as text. */
export function written(control: Control, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.join('\n')
  if (control.kind === 'minutes' && typeof value === 'number') return String(Math.round((value / 60) * 1000) / 1000)
  return String(value)
}

const NUMBER = /^\d+(?:[.,]\d+)?$/u
/** As the sentences of this page write a large number. */
const GROUPED = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/u

/** Text that is no number stays text: what it is checked against refuses it. */
function asNumber(text: string): number | string {
  if (GROUPED.test(text)) return Number(text.replaceAll(',', ''))
  return NUMBER.test(text) ? Number(text.replace(',', '.')) : text
}

/** Takes what was typed; gives the value, which may be a wrong one. */
export function read(control: Control, typed: string): unknown {
  const text = typed.trim()
  switch (control.kind) {
    case 'lines':
      return text === ''
        ? []
        : text
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== '')
    case 'number':
      return asNumber(text)
    case 'minutes': {
      const minutes = asNumber(text)
      return typeof minutes === 'number' ? Math.round(minutes * 60) : minutes
    }
    case 'amount':
      return text === '' ? null : asNumber(text)
    default:
      return text === '' ? null : text
  }
}

/** What is wrong with a value, in a sentence; null for nothing. The House checks again. */
export function problemOf(field: SettingField, value: unknown): string | null {
  const schema = field.owner === 'you' ? settings.shape[field.key] : config.shape[field.key]
  if (schema.safeParse(value).success) return null
  const takes = field.takes ?? (field.owner === 'you' ? SETTINGS_WORDS[field.key] : CONFIG_WORDS[field.key])
  return `${field.label} takes ${takes}.`
}
