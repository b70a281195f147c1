/** The one window: opened locked down, shown when drawn, where it stood last. Knows nothing of the House. */

import { BrowserWindow, nativeTheme, screen } from 'electron'
import { FIRST_SIZE, MIN_HEIGHT, MIN_WIDTH, reachable, readPlace, writePlace, type Place } from './bounds.ts'
import { START } from './policy.ts'

export type WindowParts = {
  /** The built preload. */
  readonly preload: string
  /** Where the window's place is remembered. */
  readonly placeFile: string
  readonly developerTools: boolean
  /** The page's process died; the page is loaded again unless it just was. */
  crashed(reason: string): void
}

export type MainWindow = {
  /** Opens the window, or brings the open one to the front. */
  show(): Promise<void>
  current(): BrowserWindow | null
  /** Resolves when the window's last place is stored. */
  save(): Promise<void>
}

/** A page that dies again this soon after it was loaded again would only flicker. */
const CRASH_LOOP_MS = 10_000

function open(parts: WindowParts, place: Place | null): BrowserWindow {
  const window = new BrowserWindow({
    ...(place === null ? FIRST_SIZE : { x: place.x, y: place.y, width: place.width, height: place.height }),
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    title: 'Sluice',
    // What is seen for the moment before the page draws; the page's own colours are in renderer/design.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0e0f11' : '#f4f4f2',
    webPreferences: {
      preload: parts.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: parts.developerTools,
    },
  })
  if (place?.maximized === true) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.webContents.once('did-fail-load', () => window.show())
  window.on('page-title-updated', (event) => event.preventDefault())

  let lastCrash = -Infinity
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    parts.crashed(reason)
    const now = performance.now()
    if (now - lastCrash > CRASH_LOOP_MS && !window.isDestroyed()) window.webContents.reload()
    lastCrash = now
  })
  // A failed load shows itself in the window; it is no reason to fall over.
  window.loadURL(START).catch(() => undefined)
  return window
}

/** Gives the owner of the window; nothing is opened yet. */
export function createMainWindow(parts: WindowParts): MainWindow {
  let window: BrowserWindow | null = null
  let opening: Promise<void> | null = null
  let saving: Promise<void> = Promise.resolve()

  function store(): void {
    if (window === null || window.isDestroyed()) return
    const place = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    saving = saving.then(() => writePlace(parts.placeFile, place))
  }

  async function openNew(): Promise<void> {
    const areas = screen.getAllDisplays().map((display) => display.workArea)
    window = open(parts, reachable(await readPlace(parts.placeFile), areas))
    window.on('close', store)
    window.once('closed', () => {
      window = null
    })
  }

  return {
    async show() {
      if (window === null) {
        opening ??= openNew().finally(() => {
          opening = null
        })
        return await opening
      }
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    current: () => window,
    async save() {
      store()
      await saving
    },
  }
}
