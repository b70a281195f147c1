/** Which rooms the window had at the last visit, so that the next one begins with them. */

import * as z from 'zod'
import { recall, remember } from '../state/memory.ts'

const shape = z.enum(['welcome', 'repository'])
export type Shape = z.infer<typeof shape>

/** The rooms to begin with. */
export function recallShape(): Shape {
  return recall('shape', shape, 'repository')
}

/** Keeps them for the next visit. */
export function rememberShape(now: Shape): void {
  remember('shape', now)
}
