/** Says where the session on show stands now, after it was moved. */

import { useState } from 'react'
import type { Session } from '../../shared/model/session.ts'

/** Takes the cascade and the session on show, by id; gives a sentence after a move, empty before. */
export function useAnnouncedPlace(sessions: readonly Session[], selected: string | null): string {
  const at = sessions.findIndex((session) => session.id === selected)
  const [last, setLast] = useState({ selected, at, count: sessions.length, sentence: '' })
  if (last.selected === selected && last.at === at && last.count === sessions.length) return last.sentence
  const moved = last.selected === selected && last.count === sessions.length && at !== -1
  const sentence = moved ? `“${sessions[at]?.name ?? ''}” is now ${at + 1} of ${sessions.length}.` : ''
  setLast({ selected, at, count: sessions.length, sentence })
  return sentence
}
