/** The user's own settings: the same for every repository. Knows what they may be; knows nothing of what they do. */

import {
  DEFAULT_SETTINGS,
  settings as settingsSchema,
  SETTINGS_KEYS,
  SETTINGS_WORDS,
  type Settings,
} from '../../shared/model/settings.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { createEmitter } from '../kit/emitter.ts'

export type SettingsFact = { readonly kind: 'settings-set'; readonly key: string; readonly value: unknown }

export type SettingsStore = {
  /** Null when there are none, or none that this version can read: the store has said so then. */
  load(): Settings | null
  keep(fact: SettingsFact, settings: Settings): void
}

export type UserSettings = {
  get(): Settings
  /** No value asks for the default. */
  set(key: string, value: unknown): Result<Settings, 'bad-key' | 'bad-value'>
  onChange(listener: (settings: Settings) => void): () => void
}

/** Reads the settings now; what cannot be read counts as not set. */
export function createUserSettings(store: SettingsStore): UserSettings {
  const changed = createEmitter<Settings>()
  let settings = store.load() ?? DEFAULT_SETTINGS
  return {
    get: () => settings,
    set(key, value) {
      const name = SETTINGS_KEYS.find((known) => known === key)
      if (name === undefined)
        return fail('bad-key', `There is no setting “${key}”. The settings are: ${SETTINGS_KEYS.join(', ')}.`)
      const parsed = settingsSchema.shape[name].safeParse(value)
      if (!parsed.success) return fail('bad-value', `“${key}” takes ${SETTINGS_WORDS[name]}.`)
      const next = settingsSchema.parse({ ...settings, [name]: parsed.data })
      store.keep({ kind: 'settings-set', key: name, value: parsed.data }, next)
      settings = next
      changed.emit(next)
      return ok(next)
    },
    onChange: (listener) => changed.on(listener),
  }
}
