/** Listens to the House for as long as the page lives, and tells what happened while nobody looked. */

import { useEffect } from 'react'
import type { View } from '../state/projection.ts'
import { useHouse } from '../state/store.ts'
import { isLookedAt, watchLooks } from './looked-at.ts'
import { newsOf } from './news.ts'
import { noteMissed, rereadPermission } from './permission.ts'
import { notify, sayWaiting } from './tell.ts'
import { isWanted, wordsOf } from './wording.ts'

async function tellNews(before: View | null, after: View): Promise<void> {
  const { repository, settings } = after
  const news = newsOf(before, after).filter((one) => isWanted(one, settings))
  const [first] = news
  if (repository === null || first === undefined || (await isLookedAt())) return
  const permission = rereadPermission()
  if (permission === 'granted') for (const one of news) notify(one, repository)
  else if (permission === 'default') noteMissed(wordsOf(first, repository.name).title)
}

/** Starts the listening. Used once, by the window. */
export function useNews(): void {
  useEffect(() => {
    let last = useHouse.getState().projection.view
    sayWaiting(last)
    const stopLooks = watchLooks()
    const stop = useHouse.subscribe(({ projection: { view } }) => {
      if (view === last) return
      const before = last
      last = view
      if (before?.sessions === view?.sessions && before?.queue === view?.queue && before?.repository === view?.repository) return
      sayWaiting(view)
      if (view !== null) void tellNews(before, view)
    })
    return () => {
      stop()
      stopLooks()
    }
  }, [])
}
