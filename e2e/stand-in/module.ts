/** What `import … from 'electron'` gets in the main process: the parts our shell uses, and a refusal for every other. */

import { WebContents } from './contents.ts'
import { absent, strict } from './strict.ts'

export { app } from './app.ts'
export { dialog, Menu, nativeTheme, screen, session, shell } from './desktop.ts'
export { ipcMain } from './ipc.ts'
export { protocol } from './schemes.ts'
export { BrowserWindow } from './window.ts'

export const webContents = strict('webContents', {
  fromDevToolsTargetId: WebContents.fromDevToolsTargetId,
  getAllWebContents: WebContents.getAllWebContents,
})

export const autoUpdater = absent('autoUpdater')
export const BaseWindow = absent('BaseWindow')
export const clipboard = absent('clipboard')
export const contentTracing = absent('contentTracing')
export const crashReporter = absent('crashReporter')
export const desktopCapturer = absent('desktopCapturer')
export const globalShortcut = absent('globalShortcut')
export const inAppPurchase = absent('inAppPurchase')
export const MenuItem = absent('MenuItem')
export const MessageChannelMain = absent('MessageChannelMain')
export const nativeImage = absent('nativeImage')
export const net = absent('net')
export const netLog = absent('netLog')
export const Notification = absent('Notification')
export const powerMonitor = absent('powerMonitor')
export const powerSaveBlocker = absent('powerSaveBlocker')
export const pushNotifications = absent('pushNotifications')
export const safeStorage = absent('safeStorage')
export const ShareMenu = absent('ShareMenu')
export const systemPreferences = absent('systemPreferences')
export const TouchBar = absent('TouchBar')
export const Tray = absent('Tray')
export const utilityProcess = absent('utilityProcess')
export const View = absent('View')
export const webFrameMain = absent('webFrameMain')
export const WebContentsView = absent('WebContentsView')
