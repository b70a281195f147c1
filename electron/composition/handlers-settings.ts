/** What answers the calls about settings, the repository's and the user's own. */

import type { Handlers } from '../bridge/serve.ts'
import type { Config } from '../../shared/model/config.ts'
import { ok, type Result } from '../../shared/result.ts'
import { noRepository, otherRepository, type HandlerParts } from './asking.ts'

type SettingsCalls = Extract<keyof Handlers, `config.${string}` | `settings.${string}`>

export function settingsHandlers({ hall, settings }: HandlerParts): Pick<Handlers, SettingsCalls> {
  return {
    'config.get': (): Result<Config, 'no-repository'> => {
      const current = hall.repositories.current()
      return current === null ? noRepository() : ok(current.config)
    },
    'config.set': ({ key, value, repository }) => otherRepository(hall, repository) ?? hall.repositories.setConfig(key, value),

    'settings.get': () => ok(settings.get()),
    'settings.set': ({ key, value }) => settings.set(key, value),
  }
}
