/** Facts about the settings as text. */

import { expect, test } from 'vitest'
import { config, DEFAULT_CONFIG } from '../../shared/model/config.ts'
import { changedSettings, settingProblems, settingsText } from './settings-form.ts'

const typed = settingsText(DEFAULT_CONFIG)

test.each(['0', '1', '5', '16', '17', '2.5', '-1', 'many', ''])(
  '“%s” sessions at once is refused here exactly when the contract refuses it',
  (text) => {
    const refused = text === '' || !config.safeParse({ ...DEFAULT_CONFIG, maxSessions: Number(text) }).success
    expect('maxSessions' in settingProblems({ ...typed, maxSessions: text })).toBe(refused)
  },
)

test('nothing typed changes nothing', () => {
  expect(changedSettings(DEFAULT_CONFIG, typed)).toEqual([])
})

test('only what differs is set, in the shape the House takes', () => {
  expect(
    changedSettings(DEFAULT_CONFIG, { ...typed, checks: ' npm run lint \n\nnpm test', maxSessions: '4', target: 'dev' }),
  ).toEqual([
    { key: 'target', value: 'dev' },
    { key: 'checks', value: ['npm run lint', 'npm test'] },
    { key: 'maxSessions', value: 4 },
  ])
})

test('an emptied field goes back to its default, a wrong number travels as typed so that the House can refuse it', () => {
  const config = { ...DEFAULT_CONFIG, setup: 'npm ci' }
  expect(changedSettings(config, { ...settingsText(config), setup: ' ' })).toEqual([{ key: 'setup', value: null }])
  expect(changedSettings(DEFAULT_CONFIG, { ...typed, maxSessions: 'many' })).toEqual([{ key: 'maxSessions', value: 'many' }])
})
