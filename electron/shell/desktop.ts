/**
 * The few things of the desktop that a page may ask for: a folder, the number on the icon, its window to the front. Checks
 * who asks. Takes `ipcMain` and what does them as values, so that it can be tested without Electron.
 */

import * as z from 'zod'
import { BADGE, CHOOSE_FOLDER, FRONT } from './channels.ts'
import { isOwnMessage, type FromPage } from './sender.ts'

/** What is used of Electron's message event: it ends with its page. */
type FromDesktopPage = FromPage & { readonly sender: { on(event: 'destroyed', listener: () => void): unknown } }

/** What is used of Electron's `ipcMain`. */
export type DesktopIpc = {
  handle(channel: string, listener: (event: FromPage) => Promise<unknown>): void
  removeHandler(channel: string): void
  on(channel: string, listener: (event: FromDesktopPage, payload: unknown) => void): unknown
  off(channel: string, listener: (event: FromDesktopPage, payload: unknown) => void): unknown
}

export type DesktopHands = {
  chooseFolder(): Promise<string | null>
  setBadge(count: number): void
  bringToFront(): void
}

/** More than this is a mistake. */
const badge = z.number().int().min(0).max(10_000)

/** Serves the desktop to every window. Gives the way to stop. */
export function offerDesktop(ipc: DesktopIpc, hands: DesktopHands): () => void {
  /** One dialog at a time: who asks again meanwhile gets the same answer. */
  let choosing: Promise<string | null> | null = null
  const counting = new WeakSet<FromDesktopPage['sender']>()

  async function onChoose(event: FromPage): Promise<string | null> {
    if (!isOwnMessage(event)) throw new Error('Only Sluice’s own page may ask for a folder.')
    choosing ??= hands.chooseFolder().finally(() => {
      choosing = null
    })
    return await choosing
  }

  function onBadge(event: FromDesktopPage, payload: unknown): void {
    const count = badge.safeParse(payload)
    if (!isOwnMessage(event) || !count.success) return
    hands.setBadge(count.data)
    if (counting.has(event.sender)) return
    counting.add(event.sender)
    // On macOS the app outlives its window; a number that nobody keeps up to date would be a lie.
    event.sender.on('destroyed', () => hands.setBadge(0))
  }

  function onFront(event: FromPage): void {
    if (isOwnMessage(event)) hands.bringToFront()
  }

  ipc.handle(CHOOSE_FOLDER, onChoose)
  ipc.on(BADGE, onBadge)
  ipc.on(FRONT, onFront)
  return () => {
    ipc.removeHandler(CHOOSE_FOLDER)
    ipc.off(BADGE, onBadge)
    ipc.off(FRONT, onFront)
  }
}
