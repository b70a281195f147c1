/** The check output of one entry: what came before, joined with what streams in. */

import { useEffect, useMemo, useState } from 'react'
import type { Entry } from '../../shared/model/queue.ts'
import { ask } from '../state/house.ts'
import { joinLogs, plainLog } from '../state/logs.ts'
import { useHouse } from '../state/store.ts'

type Before = { readonly key: string; readonly text: string }

/** Takes an entry; gives its output as plain text, growing. */
export function useLog(entry: Entry): string {
  const [before, setBefore] = useState<Before | null>(null)
  const streamed = useHouse((house) => house.projection.view?.logs[entry.session] ?? '')
  const generation = useHouse((house) => house.projection.view?.generation ?? 0)
  // A phase of its own is a run of its own, but a run that just failed keeps what it has.
  const run = entry.phase === 'blocked' ? 'blocked' : (entry.check?.index ?? 0)
  const key = `${entry.session} ${generation} ${run}`

  useEffect(() => {
    let current = true
    const load = async (): Promise<void> => {
      const answer = await ask('queue.log', { name: entry.session })
      if (current && answer.ok) setBefore({ key, text: answer.value.text })
    }
    void load()
    return () => {
      current = false
    }
  }, [entry.session, key])

  return useMemo(() => plainLog(joinLogs(before?.text ?? '', streamed)), [before, streamed])
}
