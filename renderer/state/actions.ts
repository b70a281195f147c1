/** What a click does: one call each, a refusal shown as a toast unless the caller shows it in place. */

import type { CallName, Params, StartRequest } from '../../shared/contract.ts'
import type { Leavings } from '../../shared/model/archive.ts'
import type { Failure, Result } from '../../shared/result.ts'
import type { Entry } from '../../shared/model/queue.ts'
import { ask, reread } from './house.ts'
import type { Session } from '../../shared/model/session.ts'
import type { Settings } from '../../shared/model/settings.ts'
import type { Shell } from '../../shared/model/shell.ts'
import { besideShell, chooseShell, setBusyShell, useTabs } from './shells.ts'
import { openDialog, select, setStopping, toast, useHouse, useWindow } from './store.ts'

/** Calls, and shows a refusal as a toast. Gives whether it was accepted. */
export async function act<N extends CallName>(name: N, params: Params<N>): Promise<boolean> {
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

/** Ends the turn that runs; the conversation stays. */
export const interrupt = (name: string): Promise<boolean> => act('session.interrupt', { name })

/** Has it write its HANDOFF.md and stops it. */
export const pause = (name: string): Promise<boolean> => act('session.pause', { name })

/** Answers what a session asks for; whoever answers first, here or in the terminal, has answered. */
export async function answer(name: string, permission: string, allow: boolean): Promise<boolean> {
  const said = await ask('session.answer', { name, permission, allow })
  // Not a failure: somebody was faster, and the session has its answer.
  if (!said.ok && said.failure.code !== 'fault')
    toast({ tone: said.failure.code === 'answered' ? 'done' : 'failure', message: said.failure.message })
  return said.ok
}

/** Sends the prompt that was kept once more. `wait`: once the draft or the dialog in its terminal is gone. */
export async function sendAgain({ name, unsent }: Pick<Session, 'name' | 'unsent'>, wait = false): Promise<boolean> {
  return unsent === undefined ? false : act('session.send', { name, text: unsent.text, ...(wait ? { wait } : {}) })
}

export const forgetPrompt = (name: string): Promise<boolean> => act('session.forget-prompt', { name })

/** Does what the session's `repair` says. */
export const repair = (name: string): Promise<boolean> => act('session.repair', { name })

/** Takes HANDOFF.md out of the commits of a branch that is blocked for it. */
export const dropHandoff = (name: string): Promise<boolean> => act('queue.drop-handoff', { name })

/** The last lines of a terminal whose Claude Code has ended; null when they are not known. */
export async function output(name: string): Promise<string | null> {
  const said = await ask('session.output', { name })
  return said.ok ? said.value.text : null
}

export async function restore(name: string): Promise<boolean> {
  const said = await ask('session.restore', { name })
  if (said.ok) {
    select(said.value.id)
    toast({ tone: 'done', message: `Restored “${said.value.name}”.` })
  } else if (said.failure.code !== 'fault') toast({ tone: 'failure', message: said.failure.message })
  return said.ok
}

/** Archives; the message that says so can take it back. On failure gives the sentence. */
export async function archive(name: string): Promise<Failure | null> {
  const said = await ask('session.archive', { name })
  if (!said.ok) return said.failure
  const action = { label: 'Restore', onPick: (): void => void restore(said.value.name) }
  toast({ tone: 'done', message: `Archived “${said.value.name}”.`, action })
  return null
}

/** What archiving would keep and what would go; or why that cannot be told. */
export const leavings = (name: string): Promise<Result<Leavings>> => ask('session.leavings', { name })

export type Fork = Omit<Params<'session.fork'>, 'name'>

/** A new session that begins with the conversation of another, shown unless the user went elsewhere meanwhile; on failure gives the sentence. */
export async function fork(name: string, wanted: Fork, isAwaited = (): boolean => true): Promise<Failure | null> {
  const said = await ask('session.fork', { name, ...wanted })
  if (!said.ok) return said.failure
  if (isAwaited()) select(said.value.id)
  return null
}

/** A session in a worktree that is there already, shown at once; on failure gives the sentence. */
export async function importWorktree(path: string, name?: string): Promise<Failure | null> {
  const said = await ask('session.import', { path, ...(name === undefined ? {} : { name }) })
  if (!said.ok) return said.failure
  select(said.value.id)
  return null
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

/** Opens a shell of a session's worktree and shows it; gives whether it did. */
export async function openShell({ name }: Pick<Session, 'name'>): Promise<boolean> {
  const said = await ask('shell.open', { name })
  if (said.ok) chooseShell(said.value.session, said.value.id)
  else if (said.failure.code !== 'fault') toast({ tone: 'failure', message: said.failure.message })
  return said.ok
}

export const restartShell = ({ id }: Pick<Shell, 'id'>): Promise<boolean> => act('shell.restart', { shell: id })

/** Closes a shell; one in which a program runs only when `sure`: else the user is asked. */
export async function closeShell(shell: Shell, sure = false): Promise<void> {
  const { view } = useHouse.getState().projection
  const next = besideShell(view?.shells ?? [], shell)
  const leave = (): void => {
    if (useTabs.getState().chosen[shell.session] === shell.id) chooseShell(shell.session, next)
  }
  // It leaves the row at once; the answer comes when all of it has ended.
  const unfollow = useHouse.subscribe(({ projection }) => {
    if (projection.view?.shells.every(({ id }) => id !== shell.id) === true) leave()
  })
  useTabs.setState({ closing: shell.id })
  const said = await ask('shell.close', { shell: shell.id, idle: !sure })
  unfollow()
  if (useTabs.getState().closing === shell.id) useTabs.setState({ closing: null })
  if (said.ok) leave()
  if (said.ok || said.failure.code === 'fault' || said.failure.code === 'no-shell') return
  if (said.failure.code !== 'busy') return toast({ tone: 'failure', message: said.failure.message })
  setBusyShell({ shell: shell.id, message: said.failure.message })
  openDialog('close-shell', { at: shell.id })
}
