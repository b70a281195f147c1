/** What this browser or window remembers between visits. Losing it costs comfort only, so no failure is ever shown. */

import type * as z from 'zod'

const PREFIX = 'sluice.'

/** Gives what was remembered under the key, or the fallback when there is nothing readable. */
export function recall<T>(key: string, schema: z.ZodType<T>, fallback: T): T {
  try {
    const text = localStorage.getItem(PREFIX + key)
    if (text === null) return fallback
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : fallback
  } catch {
    return fallback
  }
}

/** Tells when another window of this browser remembered or forgot something under the key. Gives what ends it. */
export function onRememberedElsewhere(key: string, told: () => void): () => void {
  const hear = (event: StorageEvent): void => {
    if (event.key === PREFIX + key) told()
  }
  globalThis.addEventListener('storage', hear)
  return () => globalThis.removeEventListener('storage', hear)
}

/** Remembers a JSON value; undefined forgets it. */
export function remember(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + key)
    else localStorage.setItem(PREFIX + key, JSON.stringify(value))
  } catch {
    // A full or forbidden storage is no reason to disturb anybody.
  }
}
