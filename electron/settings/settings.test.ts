import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { settingsStore } from '../composition/shelves.ts'
import { folder, opened } from '../store/testing/folders.ts'
import { DEFAULT_SETTINGS, SETTINGS_KEYS, SETTINGS_WORDS } from '../../shared/model/settings.ts'
import { createUserSettings } from './settings.ts'

function at(dataDir: string) {
  const { store } = opened(dataDir)
  const told: string[] = []
  store.onNotice((sentence) => told.push(sentence))
  return { store, told, settings: createUserSettings(settingsStore(store)) }
}

test('what is set is told, kept as a fact, and there again after a restart', () => {
  const dataDir = folder()
  const { store, settings } = at(dataDir)
  const heard: unknown[] = []
  settings.onChange((now) => heard.push(now.theme))
  expect(settings.get()).toEqual(DEFAULT_SETTINGS)
  settings.set('theme', 'dark')
  settings.set('shortcuts', { sweep: ['w'] })
  expect(heard).toEqual(['dark', 'dark'])
  expect(store.events()).toMatchObject([
    { kind: 'settings-set', key: 'theme', value: 'dark' },
    { kind: 'settings-set', key: 'shortcuts' },
  ])
  store.close()
  expect(at(dataDir).settings.get()).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', shortcuts: { sweep: ['w'] } })
})

test('without a value a setting is its default again', () => {
  const { settings } = at(folder())
  settings.set('terminalFontSize', 20)
  expect(settings.set('terminalFontSize', undefined)).toMatchObject({ ok: true, value: { terminalFontSize: 12 } })
})

test.each([
  ['no-such', 1, 'bad-key', 'There is no setting “no-such”.'],
  ['__proto__', {}, 'bad-key', 'There is no setting “__proto__”.'],
  ['theme', 'pink', 'bad-value', '“theme” takes one of system, light, dark.'],
  ['terminalFontSize', 7, 'bad-value', '“terminalFontSize” takes a whole number from 8 to 32.'],
  ['shortcuts', { sweep: 'w' }, 'bad-value', '“shortcuts” takes for each command'],
])('%s = %j is refused with a sentence, and nothing is written', (key, value, code, words) => {
  const { store, settings } = at(folder())
  expect(settings.set(key, value)).toMatchObject({ failure: { code, message: expect.stringContaining(words) } })
  expect(store.events()).toEqual([])
  expect(settings.get()).toEqual(DEFAULT_SETTINGS)
})

test('every setting says in words what it takes', () => {
  expect(Object.keys(SETTINGS_WORDS)).toEqual([...SETTINGS_KEYS])
})

test.each(['{"theme":  "pink"}', 'no JSON'])(
  'settings that cannot be read (%s) are the defaults, said, and kept word by word',
  (text) => {
    const dataDir = folder()
    const first = at(dataDir)
    first.settings.set('theme', 'dark')
    first.store.close()
    const outside = new DatabaseSync(join(dataDir, 'sluice.db'))
    outside.prepare("UPDATE meta SET value = ? WHERE key = 'settings'").run(text)
    outside.close()
    const { store, told, settings } = at(dataDir)
    expect(settings.get()).toEqual(DEFAULT_SETTINGS)
    expect(told).toEqual([expect.stringContaining('Sluice cannot read the stored settings “of the user”')])
    settings.set('theme', 'light')
    store.close()
    const look = new DatabaseSync(join(dataDir, 'sluice.db'), { readOnly: true })
    const rows = look.prepare("SELECT value FROM meta WHERE key LIKE 'unreadable settings of the user %'").all()
    look.close()
    expect(rows).toEqual([{ value: text }])
    expect(at(dataDir).settings.get().theme).toBe('light')
  },
)
