/** Whether this page may notify, and asking for it. Asked on a click only; what was answered is the browser's to keep. */

import * as z from 'zod'
import { create } from 'zustand'
import { recall, remember } from '../state/memory.ts'

/** `none`: this browser has no notifications here. */
export type Permission = NotificationPermission | 'none'

function permissionNow(): Permission {
  return typeof Notification === 'undefined' ? 'none' : Notification.permission
}

type State = {
  readonly permission: Permission
  /** The title of the first news that could not be told; it opens the one-time offer. */
  readonly missed: string | null
}

/** What may be told. */
export const useNotifying = create<State>()(() => ({ permission: permissionNow(), missed: null }))

/** Reads it again: the user may have changed it in the browser's own settings. */
export function rereadPermission(): Permission {
  const permission = permissionNow()
  if (permission !== useNotifying.getState().permission) useNotifying.setState({ permission })
  return permission
}

/** Lets the browser ask the user. Call it in a click: browsers refuse it otherwise. */
export async function askPermission(): Promise<void> {
  if (permissionNow() === 'default') await Notification.requestPermission()
  rereadPermission()
}

const OFFERED = 'notify-offered'

/** Notes that something happened that nobody could be told; the first time this opens the offer. */
export function noteMissed(title: string): void {
  if (!recall(OFFERED, z.boolean(), false)) useNotifying.setState(({ missed }) => ({ missed: missed ?? title }))
}

/** Closes the offer for good; the settings have the button still. */
export function closeOffer(): void {
  remember(OFFERED, true)
  useNotifying.setState({ missed: null })
}
