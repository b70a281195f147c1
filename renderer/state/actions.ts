/** What a click does: one call each, a refusal shown as a toast unless the caller shows it in place. */

import type { CallName, Params, StartRequest } from '../../shared/contract.ts'
import type { Failure } from '../../shared/result.ts'
import type { Entry } from '../../shared/model/queue.ts'
import { ask, reread } from './house.ts'
import type { Session } from '../../shared/model/session.ts'
import type { Settings } from '../../shared/model/settings.ts'
import { openDialog, select, setStopping, toast, useWindow } from './store.ts'

/** Calls, and shows a refusal as a toast. Gives whether it was accepted. */
async function act<N extends CallName>(name: N, params: Params<N>): Promise<boolean> {
  const answer = await ask(name, params)
  if (!answer.ok && answer.failure.code !== 'fault') toast({ tone: 'failure', message: answer.failure.message })
  return answer.ok
}

/** Approves exactly the commit that was on show. */
export const approve = (name: string, head: string): Promise<boolean> => act('session.approve', { name, head })
export const unapprove = (name: string): Promise<boolean> => act('session.unapprove', { name })
export const resume = (name: string): Promise<boolean> => act('session.resume', { name })

/** Ends the session's Claude Code; the window says so until it has ended. */
export async function stop({ id, name }: Session): Promise<void> {
  if (useWindow.getState().stopping.includes(id)) return
  setStopping(id, true)
  await act('session.stop', { name }).finally(() => setStopping(id, false))
}

export const retry = (name: string): Promise<boolean> => act('queue.retry', { name })
export const takeOut = (name: string): Promise<boolean> => act('queue.remove', { name })

const COMMIT_REQUEST =
  'Please commit your work: stage everything that belongs to this change and commit it with a message that says why.'

export const askToCommit = (name: string): Promise<boolean> => prompt(name, COMMIT_REQUEST, `Asked “${name}” to commit its work.`)

/** Sends a prompt of ours to the session; `done` is what the user reads when it has it. */
export async function prompt(name: string, text: string, done: string): Promise<boolean> {
  const sent = await act('session.send', { name, text })
  if (sent) toast({ tone: 'done', message: done })
  return sent
}

/** Approves the commit on show, then gives it a place in the queue; a blocked entry is tried again. */
export async function land(name: string, head: string, entry: Entry | null): Promise<boolean> {
  if (!(await approve(name, head))) return false
  return entry?.phase === 'blocked' ? retry(name) : act('queue.add', { name })
}

/** Starts a session and shows it, unless the user went elsewhere meanwhile; on failure gives the sentence to show where the user typed. */
export async function startSession(request: StartRequest, isAwaited = (): boolean => true): Promise<Failure | null> {
  const answer = await ask('session.start', request)
  if (!answer.ok) return answer.failure
  if (isAwaited()) select(answer.value.id)
  return null
}

/** Opens a repository; on failure gives the sentence. */
export async function openRepository(path: string): Promise<Failure | null> {
  const answer = await ask('repository.open', { path })
  if (!answer.ok) return answer.failure
  openDialog(null)
  reread()
  return null
}

/** The same for a recent one: a refusal is shown as a toast. */
export async function reopenRepository(path: string): Promise<void> {
  const failure = await openRepository(path)
  if (failure !== null && failure.code !== 'fault') toast({ tone: 'failure', message: failure.message })
}

/** Gives the user's word that the own commands of that repository may run; on failure gives the sentence. */
export async function trustRepository(repository: string): Promise<Failure | null> {
  const answer = await ask('repository.trust', { repository })
  if (!answer.ok) return answer.failure
  openDialog(null)
  return null
}

/** Puts a session at a place of the cascade, from 1. */
export const move = (name: string, to: number): Promise<boolean> => act('session.move', { name, to })

/** Gives a session another name; on failure gives the sentence. */
export async function rename(name: string, to: string): Promise<Failure | null> {
  const answer = await ask('session.rename', { name, to })
  return answer.ok ? null : answer.failure
}

/** Sets one of the user's own settings, where there is no field to show a refusal under. */
export const setSetting = <Key extends keyof Settings>(key: Key, value: Settings[Key]): Promise<boolean> =>
  act('settings.set', { key, value })

/** Sets one setting of that repository; on failure gives the sentence to show under its field. */
export async function setConfig(repository: string, key: string, value: unknown): Promise<Failure | null> {
  const answer = await ask('config.set', { key, value, repository })
  return answer.ok ? null : answer.failure
}
