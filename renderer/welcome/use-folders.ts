/** Keeps the folders that may continue a typed path: one question at a time, an older answer never replaces a newer one. */

import { useEffect, useState } from 'react'
import type { Folder } from '../../shared/model/found.ts'
import type { PathChoice } from '../design/PathField.tsx'
import { listFolder } from '../state/finding.ts'
import { above, choicesFor, typedPath } from './folders.ts'

/** Short enough to feel at once, long enough not to ask for every letter of a path that is pasted or held. */
const PAUSE = 80

type Listed = { readonly inside: string; readonly listing: Folder | null }

/** Takes what was typed; gives what may continue it, empty while it is no path or nothing is known. */
export function useFolders(text: string): readonly PathChoice[] {
  const typed = typedPath(text)
  const inside = typed?.inside ?? null
  const [listed, setListed] = useState<Listed | null>(null)
  useEffect(() => {
    if (inside === null) return
    let over = false
    const timer = window.setTimeout(() => {
      void listFolder(inside).then((listing) => (over ? undefined : setListed({ inside, listing })))
    }, PAUSE)
    return () => {
      over = true
      window.clearTimeout(timer)
    }
  }, [inside])
  if (typed === null || listed === null || listed.listing === null || listed.inside !== inside) return []
  const { listing } = listed
  const up = above(typed, listing)
  return [
    ...(up === null ? [] : [{ path: up.path, name: up.name, kind: 'up' as const }]),
    ...choicesFor(typed, listing).map(({ path, name, repository }) => ({
      path,
      name,
      kind: repository ? ('repository' as const) : ('folder' as const),
    })),
  ]
}
