/** Temporary data directories for tests, removed when the test ends. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openStore, type Opened } from '../store.ts'

export const NOON = new Date('2026-11-21T12:00:00.000Z')

/** Gives an empty folder that lives as long as the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'sluice-store-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Opens the store of a folder and closes it when the test ends; throws the sentence of a refusal. */
export function opened(dataDir: string): Opened {
  const result = openStore({ dataDir, now: () => NOON })
  if (!result.ok) throw new Error(result.failure.message)
  onTestFinished(() => result.value.store.close())
  return result.value
}
