/** Which repository was open last: asked of the House as any window would. */

import * as z from 'zod'
import type { House } from '../bridge/house.ts'

const snapshot = z.object({ recent: z.array(z.string()) })

/** Gives the path of the repository that was opened last; null when there was none yet. */
export async function lastRepository(house: House): Promise<string | null> {
  const connection = house.connect({ changes: () => undefined, frame: () => undefined })
  try {
    const reply = await connection.call('hello', {})
    const parsed = snapshot.safeParse(reply.ok ? reply.value : null)
    return parsed.data?.recent[0] ?? null
  } finally {
    connection.close()
  }
}
