/** What was typed while the House was away, by session. Of this window alone, and gone with it: it may be a password. */

import { create } from 'zustand'
import { keptAfter, NOTHING_KEPT, type Kept } from './typed-while-away.ts'

const useAll = create<Readonly<Record<string, Kept>>>()(() => ({}))

/** What is kept for a session. */
export function useKept(session: string): Kept {
  return useAll((all) => all[session] ?? NOTHING_KEPT)
}

/** Keeps what the session's terminal would have sent. */
export function keep(session: string, data: string): void {
  useAll.setState((all) => ({ [session]: keptAfter(all[session] ?? NOTHING_KEPT, data) }))
}

/** Forgets what is kept for a session. */
export function forget(session: string): void {
  useAll.setState({ [session]: NOTHING_KEPT })
}
