/** What the palette knows of the settings: the words on their fields, and where they open. */

import { FIELDS } from '../settings/fields.ts'

export type SettingLabel = {
  readonly key: string
  readonly of: 'you' | 'repository'
  readonly label: string
  /** What the dialog is opened at. */
  readonly at: string
}

/** Every setting: the repository's first, they are looked for more often. */
export const SETTING_LABELS: readonly SettingLabel[] = [
  ...FIELDS.map(({ key, owner, label, at }) => ({ key, of: owner, label, at })),
  { key: 'shortcuts', of: 'you' as const, label: 'Shortcuts', at: 'shortcuts' },
].toSorted((a, b) => a.of.localeCompare(b.of))
