/** Which terminal of a session shows in this window: Claude Code's, or one of the session's shells. Remembered for each repository. */

import * as z from 'zod'
import { create } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { Shell } from '../../shared/model/shell.ts'
import { recall, remember } from './memory.ts'
import { useHouse } from './store.ts'

/** The shell on show, by session; a session that is not in it shows its Claude Code. */
const chosen = z.record(z.string(), z.string())
type Chosen = z.infer<typeof chosen>

type Tabs = {
  readonly chosen: Chosen
  /** Why closing a shell has to be asked first; null while nobody is asked. */
  readonly busy: { readonly shell: string; readonly message: string } | null
  /** The shell that is being closed here: whoever closed it knows what shows in its place. */
  readonly closing: string | null
}

export const useTabs = create<Tabs>()(() => ({ chosen: {}, busy: null, closing: null }))

const NONE: readonly Shell[] = []
let repository: string | null = null

/** A name for people: “Shell 1”. */
export const labelOf = ({ number }: Pick<Shell, 'number'>): string => `Shell ${number}`

/** The shells of a session, in the order of their numbers. Pure. */
export function shellsOf(shells: readonly Shell[], session: string): readonly Shell[] {
  return shells.filter((shell) => shell.session === session).toSorted((a, b) => a.number - b.number)
}

/** The chosen shell, if it is still there. Pure. */
export function shellOnShow(shells: readonly Shell[], among: Chosen, session: string): Shell | null {
  return shells.find(({ id, session: of }) => of === session && id === among[session]) ?? null
}

/** What shows in place of a shell that goes: the one before it, else the one after it; null for Claude Code. Pure. */
export function besideShell(shells: readonly Shell[], { id, session }: Pick<Shell, 'id' | 'session'>): string | null {
  const all = shellsOf(shells, session)
  const at = all.findIndex((shell) => shell.id === id)
  return all[at - 1]?.id ?? all[at + 1]?.id ?? null
}

/** The terminal that stands so many places further in the row: Claude Code's (null), then the shells. Pure. */
export function shellAlong(shells: readonly Shell[], among: Chosen, session: string, step: 1 | -1): string | null {
  const row = [null, ...shellsOf(shells, session).map(({ id }) => id)]
  const at = row.indexOf(shellOnShow(shells, among, session)?.id ?? null)
  return row[(at + step + row.length) % row.length] ?? null
}

export function useShells(session: string): readonly Shell[] {
  return useHouse(useShallow(({ projection }) => shellsOf(projection.view?.shells ?? NONE, session)))
}

export function useShellOnShow(session: string): Shell | null {
  const among = useTabs((tabs) => tabs.chosen)
  return useHouse(({ projection }) => shellOnShow(projection.view?.shells ?? NONE, among, session))
}

/** Shows a shell of a session; null: its Claude Code. */
export function chooseShell(session: string, shell: string | null): void {
  const there = useHouse.getState().projection.view?.sessions ?? []
  const { [session]: _, ...others } = useTabs.getState().chosen
  const kept = Object.entries(others).filter(([of]) => there.some(({ id }) => id === of))
  const next = { ...Object.fromEntries(kept), ...(shell === null ? {} : { [session]: shell }) }
  if (repository !== null) remember(`shells.${repository}`, next)
  useTabs.setState({ chosen: next })
}

/** After another repository, or the first one, came on show: what showed there last. */
export function recallShells(id: string): void {
  repository = id
  useTabs.setState({ chosen: recall(`shells.${id}`, chosen, {}), busy: null })
}

/** What stays chosen when shells go. Their numbers come again: a new one is not the one that was chosen. Pure. */
export function chosenAfter(among: Chosen, before: readonly Shell[], now: readonly Shell[]): Chosen {
  const gone = before.filter(({ id }) => now.every((shell) => shell.id !== id))
  if (!gone.some(({ id, session }) => among[session] === id)) return among
  return Object.fromEntries(Object.entries(among).filter(([, shell]) => gone.every(({ id }) => id !== shell)))
}

/** Forgets that a shell was chosen which has gone, whoever closed it. */
export function forgetClosed(before: readonly Shell[], now: readonly Shell[]): void {
  const among = useTabs.getState().chosen
  const next = chosenAfter(among, before, now)
  if (next === among) return
  if (repository !== null) remember(`shells.${repository}`, next)
  useTabs.setState({ chosen: next })
}

/** Asks in the page before the shell is closed. */
export function setBusyShell(busy: Tabs['busy']): void {
  useTabs.setState({ busy })
}
