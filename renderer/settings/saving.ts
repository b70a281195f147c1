/** Keeps one setting, and says so quietly. */

import { create } from 'zustand'
import type { Failure } from '../../shared/result.ts'
import { ask } from '../state/house.ts'
import { toast, useHouse } from '../state/store.ts'
import type { SettingField } from './fields.ts'

/** What was kept last, as a sentence; null before. */
export const useSaved = create<{ readonly words: string | null }>()(() => ({ words: null }))

export function forgetSaved(): void {
  useSaved.setState({ words: null })
}

/** In the place of what was kept last: the field itself says why not. */
export function sayNotSaved(label: string): void {
  useSaved.setState({ words: `“${label}” is not saved yet.` })
}

/** The repository that settings are kept for now. */
export function repositoryNow(): string | null {
  return useHouse.getState().projection.view?.repository?.id ?? null
}

type Kept = {
  readonly owner: SettingField['owner']
  readonly key: string
  /** The one that was on show when its field came up; null for none. */
  readonly repository?: string | null
}

/** Keeps a value and says it in these words; gives what the House has against it. */
export async function save({ owner, key, repository }: Kept, value: unknown, words: string): Promise<Failure | null> {
  const answer =
    owner === 'you'
      ? await ask('settings.set', { key, value })
      : await ask('config.set', { key, value, ...(repository ? { repository } : {}) })
  if (!answer.ok) return answer.failure
  useSaved.setState({ words })
  return null
}

/** Says what was not kept, and why, where no field is left to say it. */
export function sayUnkept(why: string, label: string): void {
  toast({ tone: 'failure', message: `${why} “${label}” stays as it was.` })
}
