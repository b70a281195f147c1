/** What all parts of one stand-in process share: the app's events, the Chromium, the windows. No behaviour. */

import { EventEmitter } from 'node:events'
import type { Chromium } from './chromium.ts'

/** What the app needs of an open window. */
export type OpenWindow = {
  close(): void
  destroy(): void
  isDestroyed(): boolean
}

export const appEvents = new EventEmitter()
export const windows = new Set<OpenWindow>()

let current: Chromium | null = null

export function setChromium(chromium: Chromium): void {
  current = chromium
}

/** Throws before `ready`, as Electron does. */
export function chromium(): Chromium {
  if (current === null) throw new Error('Cannot create BrowserWindow before app is ready')
  return current
}

export function hasChromium(): boolean {
  return current !== null
}
