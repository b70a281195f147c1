/** Gives a session a prompt of the user's: types it, or starts the session again with it where it has ended. */

import type { Answer } from '../../shared/contract.ts'
import type { SessionState } from '../../shared/model/session.ts'
import { asTyped, typedPieces } from '../sessions/prompt.ts'
import type { Asking } from './asking.ts'
import type { Hall } from './hall.ts'
import { resume } from './resuming.ts'

/** A prompt starts these again, with their conversation. */
const ENDED: ReadonlySet<SessionState> = new Set(['exited', 'crashed', 'paused'])

export type Told = { readonly name: string; readonly text: string; readonly wait?: boolean | undefined }

/** What `session.send` does. A prompt that waits for a free line shows as `unsent` in the answer. */
export async function tell(hall: Hall, asking: Asking, { name, text, wait }: Told): Promise<Answer<'session.send'>> {
  const found = asking.named(name)
  if (!found.ok) return found
  const { live } = found.value
  if (live.run() !== null || !ENDED.has(live.view().state)) return live.send(text, wait === undefined ? {} : { wait })
  const typed = typedPieces(text)
  if (!typed.ok) return typed
  const again = await asking.ready(name)
  return again.ok ? resume(hall, again.value, asTyped(text)) : again
}
