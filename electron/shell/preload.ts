/**
 * What a page gets from Electron: `window.sluice`, a `Carrier`, and `window.sluiceDesktop`. Runs sandboxed: no node, and
 * `ipcRenderer` itself never reaches the page.
 */

import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Carrier, CarrierListener } from '../../shared/client.ts'
import type { Changes } from '../../shared/contract.ts'
import type { Desktop } from '../../shared/desktop.ts'
import { BADGE, CALL, CHANGES, CHOOSE_FOLDER, FRAME, FRONT, LOST, OPEN, POST } from './channels.ts'

/** Messages that were on their way to the document before this one carry another mark. */
const mark = crypto.randomUUID()
const listeners = new Set<CarrierListener>()
let lost = false

ipcRenderer.on(CHANGES, (_event, to: string, batch: Changes) => {
  if (to === mark) for (const listener of listeners) listener.changes(batch)
})
ipcRenderer.on(FRAME, (_event, to: string, bytes: Uint8Array) => {
  if (to === mark) for (const listener of listeners) listener.frame(bytes)
})
ipcRenderer.on(LOST, () => {
  lost = true
  for (const listener of listeners) listener.status('lost')
})
ipcRenderer.send(OPEN, mark)

const carrier: Carrier = {
  call: (name, params) => ipcRenderer.invoke(CALL, { call: name, params }),
  post: (frame) => ipcRenderer.send(POST, frame),
  listen(listener) {
    listeners.add(listener)
    queueMicrotask(() => {
      if (listeners.has(listener)) listener.status(lost ? 'lost' : 'open')
    })
    return () => {
      listeners.delete(listener)
    }
  },
}

const desktop: Desktop<File> = {
  chooseFolder: () => ipcRenderer.invoke(CHOOSE_FOLDER),
  pathOf: (dropped) => webUtils.getPathForFile(dropped),
  setBadge: (count) => ipcRenderer.send(BADGE, count),
  bringToFront: () => ipcRenderer.send(FRONT),
}

contextBridge.exposeInMainWorld('sluice', carrier)
contextBridge.exposeInMainWorld('sluiceDesktop', desktop)
