/** Where the window stood last: a small file, and the pure question whether that place still exists. */

import { readFile, rename, writeFile } from 'node:fs/promises'
import * as z from 'zod'

export type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

const place = z.strictObject({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1).max(20_000),
  height: z.number().int().min(1).max(20_000),
  maximized: z.boolean(),
})
export type Place = z.infer<typeof place>

export const MIN_WIDTH = 880
export const MIN_HEIGHT = 560
export const FIRST_SIZE = { width: 1360, height: 860 } as const
/** So much of the window's top edge must be on a screen, or it cannot be dragged back. */
const GRIP = 80

function overlap(aFrom: number, aLength: number, bFrom: number, bLength: number): number {
  return Math.min(aFrom + aLength, bFrom + bLength) - Math.max(aFrom, bFrom)
}

/** Takes the remembered place and the work areas of the screens; gives it when it can be reached, else null. */
export function reachable(saved: Place | null, screens: readonly Rectangle[]): Place | null {
  if (saved === null || saved.width < MIN_WIDTH || saved.height < MIN_HEIGHT) return null
  const on = screens.some(
    (screen) =>
      overlap(saved.x, saved.width, screen.x, screen.width) >= GRIP &&
      saved.y >= screen.y - 1 &&
      saved.y <= screen.y + screen.height - GRIP,
  )
  return on ? saved : null
}

/** Gives the remembered place; null when there is none or the file is not one of ours. */
export async function readPlace(file: string): Promise<Place | null> {
  try {
    return place.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}

/** Remembers the place. A disk that refuses is not worth a word: the window opens at its first size next time. */
export async function writePlace(file: string, at: Place): Promise<void> {
  try {
    await writeFile(`${file}.new`, JSON.stringify(at), { mode: 0o600 })
    await rename(`${file}.new`, file)
  } catch {
    // See above.
  }
}
