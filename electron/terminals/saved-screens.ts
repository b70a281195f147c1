/**
 * Keeps what terminals show over a restart of Sluice: every 30 seconds while something changes, and at the end.
 * Which ones, and where, it is told; what a screen says is the worker's business.
 */

import type { Clock } from '../kit/clock.ts'
import { diskRefusal } from '../kit/disk-refusal.ts'
import { createLane } from '../kit/lane.ts'
import { putAside, readSaved, removeSaved, writeSaved, type Saved } from './saved-file.ts'
import { below, MOST_BYTES } from './saved-lines.ts'
import type { Screens } from './screens.ts'

export type SavedScreens = {
  /** What the terminal showed when it was last kept; null when that is not known. Never rejects. */
  find(id: string): Promise<Saved | null>
  /** Shows it in an open screen. Never rejects. */
  show(id: string, saved: Saved): Promise<void>
  /** The terminal shows something else now. */
  changed(id: string): void
  drop(id: string): void
  /** Keeps everything that has changed; resolves when it is kept. */
  flush(): Promise<void>
  /** Keeps what is shown now, and nothing after it: Claude Code takes its own screen away when it ends. */
  close(): Promise<void>
}

export type SavedScreensParts = {
  readonly screens: Pick<Screens, 'keepsake' | 'restore' | 'lost'>
  readonly clock: Clock
  /** Null for a terminal that is not kept. */
  file(id: string): string | null
  /** Tells the user a sentence. */
  warn(message: string): void
  failed(error: unknown): void
}

export const SAVE_MS = 30_000
const NOT_KEPT =
  'What the terminals show could not be saved, and is lost when Sluice ends: the disk is full or may not be written. Put that right; Sluice then saves it by itself.'

const code = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** The line that stands below what was kept. The time is that of the machine on which the terminal ran. */
export function whenWords(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `[Above: what this terminal showed on ${day} at ${two(at.getHours())}:${two(at.getMinutes())}.]`
}

export function createSavedScreens(parts: SavedScreensParts): SavedScreens {
  const { screens, clock } = parts
  const lane = createLane()
  /** When each that is not kept yet changed last. */
  const changed = new Map<string, Date>()
  let callOff: (() => void) | null = null
  let closed = false
  /** Those that could not be saved: the user is told of the first one. */
  const refused = new Set<string>()
  /** Those that show something since the worker started. */
  const filled = new Set<string>()
  /** Those of which the worker has lost what the file still says. */
  const lost = new Set<string>()
  /** What the file said then: it stays above all that is shown since. */
  const earlier = new Map<string, Uint8Array<ArrayBuffer>>()
  screens.lost.on(() => {
    for (const id of filled) lost.add(id)
    filled.clear()
  })

  /** What the terminal shows, below what a worker that died took with it. */
  async function whole(id: string, file: string, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    if (lost.has(id)) {
      const before = await readSaved(file)
      if (before !== null) earlier.set(id, before.bytes)
      lost.delete(id)
    }
    const above = earlier.get(id)
    return above === undefined ? bytes : below(above, bytes, MOST_BYTES)
  }

  async function save(id: string, file: string): Promise<void> {
    const at = changed.get(id)
    if (at === undefined) return
    changed.delete(id)
    try {
      const bytes = await screens.keepsake(id)
      if (bytes === null) return
      await writeSaved(file, { at, bytes: await whole(id, file, bytes) })
      refused.delete(id)
    } catch (error) {
      // The folder of a session that is gone takes nothing any more.
      if (code(error) === 'ENOENT') return
      if (!changed.has(id)) changed.set(id, at)
      const isTold = refused.size > 0
      refused.add(id)
      if (isTold) return
      if (diskRefusal(error) === null) parts.failed(error)
      else parts.warn(NOT_KEPT)
    }
  }

  async function flush(): Promise<void> {
    callOff?.()
    callOff = null
    // What is being saved now may fail, and is to be saved again then.
    await lane.idle()
    const ids = [...changed.keys()]
    for (const id of ids) {
      const file = parts.file(id)
      if (file === null) changed.delete(id)
      else await lane.run(id, () => save(id, file))
    }
    if (changed.size > 0) saveLater()
  }

  function saveLater(): void {
    callOff ??= clock.after(SAVE_MS, () => {
      callOff = null
      flush().catch(parts.failed)
    })
  }

  return {
    async find(id) {
      const file = parts.file(id)
      try {
        return file === null ? null : await lane.run(id, () => readSaved(file))
      } catch (error) {
        parts.failed(error)
        return null
      }
    },
    async show(id, saved) {
      const line = `\r\n\x1b[2m${whenWords(saved.at)}\x1b[0m\x1b[?25l`
      filled.add(id)
      try {
        const shown = await screens.restore(id, saved.bytes, line)
        const file = parts.file(id)
        if (!shown && file !== null) await lane.run(id, () => putAside(file))
      } catch (error) {
        parts.failed(error)
      }
    },
    changed(id) {
      if (closed || parts.file(id) === null) return
      filled.add(id)
      changed.set(id, clock.now())
      saveLater()
    },
    drop(id) {
      for (const ids of [changed, refused, filled, lost, earlier]) ids.delete(id)
      const file = parts.file(id)
      if (file !== null) lane.run(id, () => removeSaved(file)).catch(parts.failed)
    },
    flush,
    async close() {
      await flush()
      closed = true
      callOff?.()
      callOff = null
      changed.clear()
    },
  }
}
