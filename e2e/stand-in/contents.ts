/** `webContents`: one page of Chromium over CDP, with the real preload in it. */

import { EventEmitter } from 'node:events'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { CdpSession, Fields } from './cdp.ts'
import { decode, encode } from './cloning.ts'
import { invoke, receive, type IpcEvent } from './ipc.ts'
import { installPreload, watchInput } from './page-side.ts'
import { appEvents, chromium } from './runtime.ts'
import { fromChromium, toChromium } from './schemes.ts'
import { checkEvent, preventable, strict } from './strict.ts'

const EVENTS = [
  'destroyed',
  'did-fail-load',
  'did-finish-load',
  'did-navigate',
  'input-event',
  'render-process-gone',
  'will-attach-webview',
  'will-frame-navigate',
  'will-navigate',
  'will-redirect',
] as const

type OpenHandler = (details: { url: string; frameName: string; disposition: string }) => { action: 'allow' | 'deny' }

type Context = { readonly id: number; readonly origin: string; readonly auxData: { readonly frameId: string } }
type BindingCall = { readonly name: string; readonly payload: string; readonly executionContextId: number }
type Message = {
  readonly kind: string
  readonly id: number
  readonly channel: string
  readonly values: unknown
  readonly url: string
  readonly name: string
  readonly open?: string
}
type PausedRequest = { readonly requestId: string; readonly request: { readonly url: string }; readonly frameId: string }

const all = new Map<number, WebContents>()
let lastId = 0

export class WebContents extends EventEmitter {
  readonly id = (lastId += 1)
  /** Settles when the page exists and everything in it is in place. */
  readonly attached: Promise<void>
  /** What others get of it: reading anything it lacks throws. */
  readonly self: this = strict('webContents', this)
  targetId = ''
  private readonly names = { binding: `standIn${randomUUID()}`, inbox: randomUUID(), input: `standIn${randomUUID()}` }
  private readonly origins = new Map<number, { origin: string; main: boolean }>()
  private session: CdpSession | null = null
  private url = ''
  private expected = ''
  private gone = false
  private openHandler: OpenHandler | null = null

  constructor(preload: string | undefined, size: { width: number; height: number }) {
    super()
    this.attached = this.attach(preload, size)
    all.set(this.id, this.self)
  }

  override on(event: string | symbol, listener: (...values: never[]) => void): this {
    checkEvent('webContents', EVENTS, event)
    return super.on(event, listener as (...values: unknown[]) => void)
  }

  isDestroyed(): boolean {
    return this.gone
  }

  getURL(): string {
    return this.url
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }

  async loadURL(url: string): Promise<void> {
    await this.attached
    this.expected = toChromium(url)
    const loaded = new Promise<void>((resolve) => this.once('did-finish-load', resolve))
    const answer = await this.session?.send('Page.navigate', { url: this.expected })
    const error = answer?.['errorText']
    if (typeof error === 'string') {
      this.emit('did-fail-load', {}, -2, error, url, true)
      throw new Error(`${error} loading '${url}'`)
    }
    await loaded
  }

  reload(): void {
    void this.session?.send('Page.reload').catch(() => undefined)
  }

  send(channel: string, ...values: unknown[]): void {
    this.tell({ channel, values })
  }

  close(): void {
    void this.attached.then(() =>
      chromium()
        .cdp.session()
        .send('Target.closeTarget', { targetId: this.targetId })
        .catch(() => undefined),
    )
  }

  /** Playwright finds its pages by it. */
  static fromDevToolsTargetId(targetId: string): WebContents | undefined {
    return [...all.values()].find((contents) => contents.targetId === targetId)
  }

  static getAllWebContents(): WebContents[] {
    return [...all.values()]
  }

  private tell(message: object): void {
    const expression = `globalThis[Symbol.for(${JSON.stringify(this.names.inbox)})]?.(${JSON.stringify(encode(message))})`
    void this.session?.send('Runtime.evaluate', { expression, silent: true }).catch(() => undefined)
  }

  private async attach(preload: string | undefined, size: { width: number; height: number }): Promise<void> {
    const browser = chromium().cdp.session()
    const created = await browser.send('Target.createTarget', { url: 'about:blank', newWindow: true, ...size })
    this.targetId = String(created['targetId'])
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId: this.targetId, flatten: true })
    const session = chromium().cdp.session(String(sessionId))
    this.session = session
    this.listen(session, browser)
    const onNewDocument = (source: string, world?: string): Promise<Fields> =>
      session.send('Page.addScriptToEvaluateOnNewDocument', { source, ...(world === undefined ? {} : { worldName: world }) })
    await Promise.all([
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      session.send('Inspector.enable'),
      browser.send('Target.setDiscoverTargets', { discover: true }),
      session.send('Runtime.addBinding', { name: this.names.binding }),
      session.send('Runtime.addBinding', { name: this.names.input, executionContextName: this.names.input }),
      session.send('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document', requestStage: 'Request' }] }),
      session.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile: false }),
      onNewDocument(`(${watchInput})(${JSON.stringify(this.names.input)})`, this.names.input),
    ])
    if (preload === undefined) return
    const body = `function (require, module, exports) {${readFileSync(preload, 'utf8')}\n}`
    await onNewDocument(`(${installPreload})(${JSON.stringify(this.names)}, ${encode}, ${decode}, ${body})`)
  }

  private listen(session: CdpSession, browser: CdpSession): void {
    session.on('Page.frameNavigated', ({ frame }: { frame: { id: string; parentId?: string; url: string } }) => {
      if (frame.parentId !== undefined) return
      this.url = fromChromium(frame.url)
      this.emit('did-navigate', {}, this.url)
    })
    session.on('Page.loadEventFired', () => {
      if (this.url !== 'about:blank') this.emit('did-finish-load')
    })
    session.on('Runtime.executionContextsCleared', () => this.origins.clear())
    session.on('Runtime.executionContextCreated', (event: { context: Context }) => this.onContext(event.context))
    session.on('Runtime.bindingCalled', (event: BindingCall) => this.onBinding(event))
    session.on('Fetch.requestPaused', (event: PausedRequest) => void this.onNavigation(session, event))
    session.on('Inspector.targetCrashed', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }))
    browser.on('Target.targetCreated', ({ targetInfo }: { targetInfo: { targetId: string; openerId?: string } }) => {
      // A window by a way that `page-side.ts` does not see, such as a link that is in no document.
      if (targetInfo.openerId === this.targetId) {
        void browser.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => undefined)
      }
    })
    browser.on('Target.targetDestroyed', ({ targetId }: { targetId: string }) => {
      if (targetId === this.targetId) this.end()
    })
  }

  private end(): void {
    if (this.gone) return
    this.gone = true
    all.delete(this.id)
    this.emit('destroyed')
  }

  private onContext(context: Context): void {
    const main = context.auxData.frameId === this.targetId
    this.origins.set(context.id, { origin: context.origin, main })
  }

  private onBinding({ name, payload, executionContextId }: BindingCall): void {
    const message = JSON.parse(payload) as Message
    if (name === this.names.input) {
      if (message.open !== undefined) this.onOpen(message.open, '')
      else this.emit('input-event', {}, message)
      return
    }
    if (message.kind === 'open') return this.onOpen(message.url, message.name)
    const { kind, id, channel, values } = message
    const from = this.origins.get(executionContextId)
    const origin = fromChromium(`${from?.origin ?? 'null'}/`)
    const event: IpcEvent = {
      sender: this.self,
      senderFrame: from === undefined ? null : { url: origin, origin: origin.slice(0, -1), parent: from.main ? null : {} },
    }
    const given = decode(values) as unknown[]
    if (kind === 'send') return receive(event, channel, given)
    invoke(event, channel, given).then(
      (value) => this.tell({ id, value }),
      (error: unknown) => this.tell({ id, error: String(error) }),
    )
  }

  private async onNavigation(session: CdpSession, { requestId, request, frameId }: PausedRequest): Promise<void> {
    const isMainFrame = frameId === this.targetId
    const ours = isMainFrame && (request.url === this.expected || fromChromium(request.url) === this.url)
    const event = preventable({ url: fromChromium(request.url), isMainFrame, isSameDocument: false })
    if (!ours) {
      this.emit('will-frame-navigate', event)
      if (isMainFrame && !event.defaultPrevented) this.emit('will-navigate', event, event.url)
    }
    const go = event.defaultPrevented ? 'Fetch.failRequest' : 'Fetch.continueRequest'
    await session.send(go, { requestId, ...(event.defaultPrevented ? { errorReason: 'Aborted' } : {}) }).catch(() => undefined)
  }

  private onOpen(url: string, frameName: string): void {
    const details = { url: fromChromium(url), frameName, disposition: 'new-window' }
    if (this.openHandler?.(details).action === 'deny') return
    process.stderr.write('The Electron stand-in cannot open a second window for a page; none was opened.\n')
  }
}

/** As Electron: told before anything is loaded in it. */
export function createContents(preload: string | undefined, size: { width: number; height: number }): WebContents {
  const contents = new WebContents(preload, size).self
  appEvents.emit('web-contents-created', {}, contents)
  return contents
}
