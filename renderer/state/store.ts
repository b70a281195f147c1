/** The page's two stores: what the House said (read only) and what this window looks at. No effects but remembering. */

import * as z from 'zod'
import { create } from 'zustand'
import type { Session } from '../../shared/model/session.ts'
import { DEFAULT_SETTINGS, settings, type Settings } from '../../shared/model/settings.ts'
import { recall, remember } from './memory.ts'
import { keptOnShow } from './on-show.ts'
import { NOTHING_YET, type Projection, type View } from './projection.ts'
import { cascadeOf } from './standing.ts'

export type Connection = 'connecting' | 'open' | 'lost'

type HouseState = {
  readonly connection: Connection
  /** How often the connection failed since it last worked. */
  readonly failures: number
  readonly projection: Projection
}

/** Written by `house.ts` only. */
export const useHouse = create<HouseState>()(() => ({ connection: 'connecting', failures: 0, projection: NOTHING_YET }))

/** Why nothing can be asked of the House now, in a sentence; null while it is there. */
export function awayNow({ connection }: Pick<HouseState, 'connection'>): string | null {
  return connection === 'open' ? null : 'Sluice is not reachable right now; it reconnects by itself.'
}

/** The same, for what is drawn. */
export function useAway(): string | null {
  return useHouse(awayNow)
}

/** What the House said last; null before the first snapshot. */
export function useView(): View | null {
  return useHouse((state) => state.projection.view)
}

/** What they were at the last visit: the page is drawn in them before the House answers. */
const recalled = recall('settings', settings, DEFAULT_SETTINGS)

/** The user's own settings. */
export function useSettings(): Settings {
  return useHouse((state) => state.projection.view?.settings ?? recalled)
}

const diffStyle = z.enum(['unified', 'split'])
export type DiffStyle = z.infer<typeof diffStyle>

export const DIALOGS = [
  'new-session',
  'settings',
  'open-repository',
  'trust',
  'palette',
  'shortcuts',
  'archive',
  'archived',
  'fork',
  'import',
  'timeline',
  'close-shell',
  'answer',
  'hand',
  'commit',
  'pull',
] as const
export type DialogName = (typeof DIALOGS)[number]

/**
 * What a dialog opens at. In the settings: the field, a key of the repository's or the user's. In `close-shell`: the shell, by id.
 * In those about a session: that one, by id; a timeline at nothing is the repository's.
 */
export type DialogAt = string

export type Toast = {
  readonly id: number
  readonly tone: 'done' | 'failure' | 'fault'
  readonly message: string
  /** The id under which a fault was logged. */
  readonly fault?: string
  /** One thing to do about it, such as taking it back. */
  readonly action?: { readonly label: string; readonly onPick: () => void }
}

type WindowState = {
  readonly selected: string | null
  readonly dialog: DialogName | null
  readonly dialogAt: DialogAt | null
  /** The dialog to go back to when this one closes. */
  readonly dialogBack: DialogName | null
  readonly diffStyle: DiffStyle
  readonly wrap: boolean
  /** Whether the diff shows what differs in nothing but blanks. */
  readonly blanks: boolean
  /** The session, by id, whose name is being edited in its tab. */
  readonly renaming: string | null
  /** Sessions, by id, that this window asked to stop and that did not end yet. */
  readonly stopping: readonly string[]
  /** The permission, by id, whose card has been in sight long enough to be answered by a key. */
  readonly answerable: string | null
  readonly dismissedNotices: readonly string[]
  /** The repository for which the trust question was put off. */
  readonly trustLater: string | null
  readonly toasts: readonly Toast[]
}

/** What this window looks at; nothing here is known to the House. */
export const useWindow = create<WindowState>()(() => ({
  selected: null,
  dialog: null,
  dialogAt: null,
  dialogBack: null,
  diffStyle: recall('diff-style', diffStyle, 'unified'),
  wrap: recall('wrap', z.boolean(), true),
  blanks: recall('blanks', z.boolean(), true),
  renaming: null,
  stopping: [],
  answerable: null,
  dismissedNotices: [],
  trustLater: null,
  toasts: [],
}))

const selectedIn = (repository: string): string => `selected.${repository}`

/** Shows a session, and remembers that for the next visit to its repository. */
export function select(id: string | null): void {
  const repository = useHouse.getState().projection.view?.repository
  if (repository && id !== null) remember(selectedIn(repository.id), id)
  useWindow.setState({ selected: id })
}

/** After another repository, or the first one, came on show: the session that was on show there last. */
export function recallSelected(repository: string): void {
  useWindow.setState({ selected: recall(selectedIn(repository), z.string().nullable(), null) })
}

/** After the House said something new: keeps on show what is, whatever becomes of the order. Not remembered: nobody chose it. */
export function keepOnShow(before: View | null, after: View): void {
  const { selected } = useWindow.getState()
  const kept = keptOnShow(selected, before, after)
  if (kept !== selected) useWindow.setState({ selected: kept })
}

/** Opens a dialog, or closes the open one. `back`: where closing it leads. */
export function openDialog(
  dialog: DialogName | null,
  { at = null, back = null }: { readonly at?: DialogAt | null; readonly back?: DialogName | null } = {},
): void {
  useWindow.setState({ dialog, dialogAt: at, dialogBack: back })
}

/** Closes the open dialog; what it was opened from shows again. */
export function closeDialog(): void {
  openDialog(useWindow.getState().dialogBack)
}

export function setDiffStyle(next: DiffStyle): void {
  remember('diff-style', next)
  useWindow.setState({ diffStyle: next })
}

export function setWrap(next: boolean): void {
  remember('wrap', next)
  useWindow.setState({ wrap: next })
}

export function setBlanks(next: boolean): void {
  remember('blanks', next)
  useWindow.setState({ blanks: next })
}

/** Lets the session, by id, get another name in its tab; null: none does. */
export function setRenaming(id: string | null): void {
  useWindow.setState({ renaming: id })
}

/** Notes that a stop is under way, or no more. */
export function setStopping(id: string, under: boolean): void {
  useWindow.setState(({ stopping }) => ({ stopping: under ? [...stopping, id] : stopping.filter((one) => one !== id) }))
}

/** Notes that a permission can be answered by a key from now on; null: none can. */
export function setAnswerable(permission: string | null): void {
  useWindow.setState({ answerable: permission })
}

export function dismissNotice(id: string): void {
  useWindow.setState((state) => ({ dismissedNotices: [...state.dismissedNotices, id] }))
}

export function putOffTrust(repository: string): void {
  useWindow.setState({ trustLater: repository, dialog: null })
}

let lastToast = 0

/** Shows a short message at the edge of the window; a fault stays until it is dismissed. */
export function toast(message: Omit<Toast, 'id'>): void {
  lastToast += 1
  const shown = { ...message, id: lastToast }
  // The same sentence again takes the place of the one that is there.
  useWindow.setState(({ toasts }) => ({
    toasts: [...toasts.filter((one) => one.message !== message.message || one.tone === 'fault').slice(-3), shown],
  }))
}

export function dismissToast(id: number): void {
  useWindow.setState((state) => ({ toasts: state.toasts.filter((shown) => shown.id !== id) }))
}

/** The session on show: the chosen one, else the first of the cascade. */
export function sessionOnShow(sessions: readonly Session[], selected: string | null): Session | null {
  const there = cascadeOf(sessions)
  return there.find((session) => session.id === selected) ?? there[0] ?? null
}
