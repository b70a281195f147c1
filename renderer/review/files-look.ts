/** How the user likes the list of files, remembered; and which folders are folded, until the page is closed. */

import * as z from 'zod'
import { create } from 'zustand'
import { recall, remember } from '../state/memory.ts'
import type { Shape } from './files.ts'

type Look = {
  readonly shape: Shape
  /** Leaves out what is viewed. */
  readonly unviewedOnly: boolean
  /** Behind its button also where there is room beside the diff. */
  readonly away: boolean
  /** Its share of the room, in hundredths; null until the user moved its border. */
  readonly share: number | null
  /** Folded groups and folders, each after the id of its session. */
  readonly folded: ReadonlySet<string>
}

const KEY = 'review.files'
const kept = z.object({
  shape: z.enum(['tree', 'flat']),
  unviewedOnly: z.boolean(),
  away: z.boolean(),
  share: z.number().min(1).max(99).nullable(),
})
const USUAL = { shape: 'tree', unviewedOnly: false, away: false, share: null } as const

export const useFilesLook = create<Look>()(() => ({
  ...recall<z.infer<typeof kept>>(KEY, kept, USUAL),
  folded: new Set<string>(),
}))

/** Changes how the list looks, also for the next visit. */
export function setFilesLook(change: Partial<z.infer<typeof kept>>): void {
  useFilesLook.setState(change)
  remember(KEY, kept.parse(useFilesLook.getState()))
}

export const foldId = (session: string, id: string): string => `${session} ${id}`

export function setFolded(id: string, fold: boolean): void {
  useFilesLook.setState(({ folded }) => {
    const next = new Set(folded)
    if (fold) next.add(id)
    else next.delete(id)
    return { folded: next }
  })
}
