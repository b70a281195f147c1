/** Asks the House what happened: a page of events, newest first. */

import type { Event } from '../../shared/model/event.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { ask } from './house.ts'

export type HistoryWanted = {
  /** Only of this session, by id; null: of all of the repository. */
  readonly session: string | null
  /** Null: of all kinds. */
  readonly kinds: readonly string[] | null
}

/** What one page has at most. */
export const PAGE = 200

/** The newest events before this number; null: the newest of all. */
export async function readHistory({ session, kinds }: HistoryWanted, before: number | null): Promise<Result<readonly Event[]>> {
  const answer = await ask('events.list', {
    here: true,
    limit: PAGE,
    before: before ?? Number.MAX_SAFE_INTEGER,
    ...(session === null ? {} : { session }),
    ...(kinds === null ? {} : { kinds }),
  })
  return answer.ok ? ok(answer.value) : fail(answer.failure.code, answer.failure.message)
}
