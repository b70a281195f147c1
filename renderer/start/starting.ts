/** Starts under way in this window. The dialog may be left meanwhile: what was typed is put aside until the session runs. */

import { create } from 'zustand'
import type { StartRequest } from '../../shared/contract.ts'
import type { Failure } from '../../shared/result.ts'
import { startSession } from '../state/actions.ts'
import { recall, remember } from '../state/memory.ts'
import { closeDialog, select, toast } from '../state/store.ts'
import { draft, EMPTY_DRAFT, type Draft } from './draft.ts'
import { asides, exchanged, offered, type Aside, type Known } from './put-aside.ts'
import { onceSettingUp } from './setting-up.ts'

type Start = { readonly id: string; readonly repository: string; readonly name: string; readonly typed: Draft }

type Starting = {
  /** The one that the dialog shows. */
  readonly awaited: Start | null
  /** Those that were left, by id. */
  readonly left: readonly string[]
}

export const useStarting = create<Starting>()(() => ({ awaited: null, left: [] }))

const draftIn = (repository: string): string => `draft.${repository}`
const asidesIn = (repository: string): string => `drafts-aside.${repository}`

export const recallDraft = (repository: string): Draft => recall(draftIn(repository), draft, EMPTY_DRAFT)
export const keepDraft = (repository: string, typed: Draft): void => remember(draftIn(repository), typed)

function allAside(repository: string): readonly Aside[] {
  return recall(asidesIn(repository), asides, [])
}

function keepAsides(repository: string, all: readonly Aside[]): void {
  remember(asidesIn(repository), all.length === 0 ? undefined : all)
}

/** Forgets the draft that a start was made of. What another window typed meanwhile is not it. */
function forgetDraft({ repository, typed }: Start): void {
  if (JSON.stringify(recallDraft(repository)) === JSON.stringify(draft.parse(typed))) remember(draftIn(repository), undefined)
}

/** What was typed for a session that did not start, if there is something. */
export function offeredAside(repository: string, sessions: readonly Known[]): Aside | null {
  return offered(allAside(repository), useStarting.getState().left, sessions)
}

/** Types it again; what is being typed is put aside in its place. */
export function bringBack(repository: string, back: Aside, typed: Draft, name: string): Draft {
  const after = exchanged(allAside(repository), back, typed, name)
  keepAsides(repository, after.all)
  keepDraft(repository, after.typed)
  return after.typed
}

function dropAside(repository: string, id: string): void {
  keepAsides(
    repository,
    allAside(repository).filter((one) => one.id !== id),
  )
}

/** Forgets it; the user said so. */
export const forgetAside = (repository: string, { id }: Aside): void => dropAside(repository, id)

function failedLater({ id, repository, name }: Start, failure: Failure): void {
  // The session is kept and says so in its own tab; what was typed is its prompt.
  if (failure.code === 'setup-failed') return dropAside(repository, id)
  const all = allAside(repository).map((one) => (one.id === id ? { ...one, message: failure.message } : one))
  keepAsides(repository, all)
  // A fault shows itself.
  if (failure.code === 'fault') return
  toast({ tone: 'failure', message: `“${name}” did not start: ${failure.message} “New session” has what you typed.` })
}

/** Starts; closes the dialog when it runs. Gives the failure while the user still waits for it. */
export async function start(repository: string, typed: Draft, name: string, request: StartRequest): Promise<Failure | null> {
  const mine: Start = { id: crypto.randomUUID(), repository, name, typed }
  const isAwaited = (): boolean => useStarting.getState().awaited?.id === mine.id
  useStarting.setState({ awaited: mine })
  const unwatch = onceSettingUp(name, (id) => {
    if (!isAwaited()) return
    select(id)
    leave()
  })
  const failure = await startSession({ ...request, repository }, isAwaited).finally(unwatch)
  if (isAwaited()) {
    useStarting.setState({ awaited: null })
    if (failure !== null && failure.code !== 'setup-failed') return failure
    forgetDraft(mine)
    closeDialog()
    return null
  }
  useStarting.setState(({ left }) => ({ left: left.filter((one) => one !== mine.id) }))
  if (failure === null) dropAside(repository, mine.id)
  else failedLater(mine, failure)
  return null
}

/** Closes the dialog. A start that is under way goes on, and the next dialog is empty. */
export function leave(): void {
  const { awaited } = useStarting.getState()
  if (awaited !== null) {
    const { id, repository, name, typed } = awaited
    keepAsides(repository, [...allAside(repository), { id, name, typed, message: null }])
    forgetDraft(awaited)
    useStarting.setState(({ left }) => ({ awaited: null, left: [...left, id] }))
  }
  closeDialog()
}
