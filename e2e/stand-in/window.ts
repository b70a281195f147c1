/** `BrowserWindow`: a page and its frame on screen. The frame is only remembered, never drawn. */

import { EventEmitter } from 'node:events'
import { createContents, type WebContents } from './contents.ts'
import { appEvents, windows, type OpenWindow } from './runtime.ts'
import { checkEvent, preventable, strict } from './strict.ts'

const EVENTS = ['close', 'closed', 'ready-to-show', 'page-title-updated', 'show', 'focus'] as const

type Options = {
  readonly x?: number
  readonly y?: number
  readonly width?: number
  readonly height?: number
  readonly show?: boolean
  readonly webPreferences?: Readonly<Record<string, unknown>> & { readonly preload?: string }
}
type Bounds = { x: number; y: number; width: number; height: number }

/** Without these a page would have more power in the real Electron than the shell may give it. */
const REQUIRED = { contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true, webviewTag: false } as const

let lastId = 0

export class BrowserWindow extends EventEmitter implements OpenWindow {
  readonly id = (lastId += 1)
  readonly webContents: WebContents
  private readonly bounds: Bounds
  private readonly self: this
  private state: 'normal' | 'minimized' | 'maximized' = 'normal'
  private visible: boolean
  private gone = false

  constructor(options: Options = {}) {
    super()
    const preferences = options.webPreferences ?? {}
    for (const [name, value] of Object.entries(REQUIRED)) {
      if (preferences[name] !== value)
        throw new Error(`The Electron stand-in wants webPreferences.${name} to be ${value}, said aloud.`)
    }
    const { x = 0, y = 0, width = 800, height = 600 } = options
    this.bounds = { x, y, width, height }
    this.visible = options.show ?? true
    this.self = strict('BrowserWindow', this)
    this.webContents = createContents(preferences.preload, { width, height })
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'))
    this.webContents.once('destroyed', () => this.end())
    windows.add(this.self)
    appEvents.emit('browser-window-created', {}, this.self)
    // oxlint-disable-next-line no-constructor-return -- what the stand-in lacks must say so
    return this.self
  }

  override on(event: string | symbol, listener: (...values: never[]) => void): this {
    checkEvent('BrowserWindow', EVENTS, event)
    return super.on(event, listener as (...values: unknown[]) => void)
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }

  show(): void {
    this.visible = true
    this.emit('show')
  }

  focus(): void {
    this.emit('focus')
  }

  minimize(): void {
    this.state = 'minimized'
  }

  maximize(): void {
    this.state = 'maximized'
  }

  restore(): void {
    this.state = 'normal'
  }

  isVisible(): boolean {
    return this.visible && this.state !== 'minimized'
  }

  isMinimized(): boolean {
    return this.state === 'minimized'
  }

  isMaximized(): boolean {
    return this.state === 'maximized'
  }

  isDestroyed(): boolean {
    return this.gone
  }

  getBounds(): Bounds {
    return { ...this.bounds }
  }

  getNormalBounds(): Bounds {
    return { ...this.bounds }
  }

  close(): void {
    const event = preventable({})
    if (!this.gone) this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy(): void {
    this.webContents.close()
  }

  private end(): void {
    this.gone = true
    windows.delete(this.self)
    this.emit('closed')
    if (windows.size === 0) appEvents.emit('stand-in:no-windows')
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows] as BrowserWindow[]
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents.id === contents.id) ?? null
  }
}
