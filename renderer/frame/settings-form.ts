/** The settings as a person types them. Pure. */

import type { Config } from '../../shared/model/config.ts'
import type { PermissionMode } from '../../shared/model/session.ts'

export type SettingsText = {
  readonly target: string
  readonly checks: string
  readonly setup: string
  readonly maxSessions: string
  readonly requireApproval: boolean
  readonly model: string
  readonly permissionMode: PermissionMode
}

/** Takes the settings, gives them as text. */
export function settingsText(config: Config): SettingsText {
  return {
    target: config.target ?? '',
    checks: config.checks.join('\n'),
    setup: config.setup ?? '',
    maxSessions: String(config.maxSessions),
    requireApproval: config.requireApproval,
    model: config.model ?? '',
    permissionMode: config.permissionMode,
  }
}

/** The bound of the contract (`shared/model/config.ts`). */
const MOST_SESSIONS = 16

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** What is wrong before the House is even asked, by key. */
export function settingProblems(typed: SettingsText): Readonly<Record<string, string>> {
  const count = Number(typed.maxSessions)
  const fits = /^\d+$/u.test(typed.maxSessions.trim()) && count >= 1 && count <= MOST_SESSIONS
  return fits ? {} : { maxSessions: `Sessions at once must be a whole number from 1 to ${MOST_SESSIONS}.` }
}

/** Takes the settings and what was typed; gives each key that differs, with its new value. A value may be wrong: the House says so. */
export function changedSettings(
  config: Config,
  typed: SettingsText,
): readonly { readonly key: keyof SettingsText; readonly value: unknown }[] {
  const before = settingsText(config)
  const values: Readonly<Record<keyof SettingsText, unknown>> = {
    target: orNull(typed.target),
    checks: typed.checks
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    setup: orNull(typed.setup),
    maxSessions: /^\d+$/u.test(typed.maxSessions.trim()) ? Number(typed.maxSessions) : typed.maxSessions,
    requireApproval: typed.requireApproval,
    model: orNull(typed.model),
    permissionMode: typed.permissionMode,
  }
  const keys = ['target', 'checks', 'setup', 'maxSessions', 'requireApproval', 'model', 'permissionMode'] as const
  return keys.filter((key) => typed[key] !== before[key]).map((key) => ({ key, value: values[key] }))
}
