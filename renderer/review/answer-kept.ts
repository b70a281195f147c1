/** What the user has begun to write to a session, kept until it is sent: also over a reload. */

import * as z from 'zod'
import { recall, remember } from '../state/memory.ts'

const keyOf = (session: string): string => `answer.${session}`

/** Takes the session's id; nothing kept is an empty text. */
export const keptAnswer = (session: string): string => recall(keyOf(session), z.string(), '')

export function keepAnswer(session: string, text: string): void {
  remember(keyOf(session), text === '' ? undefined : text)
}

export function forgetAnswer(session: string): void {
  keepAnswer(session, '')
}
