/**
 * What runs in the page before its own scripts: the preload with a `contextBridge` and an `ipcRenderer` that speak over
 * one CDP binding. Runs by its source text, so it may use nothing outside itself but the two functions it is given.
 */

export type Names = {
  /** The binding that takes text to the main process. */
  readonly binding: string
  /** The key of the symbol under which the main process finds the way back. */
  readonly inbox: string
}

type Preload = (require: (name: string) => unknown, module: { exports: unknown }, exports: unknown) => void

export function installPreload(
  names: Names,
  encode: (value: unknown) => unknown,
  decode: (coded: unknown) => unknown,
  preload: Preload,
): void {
  const scope = globalThis as unknown as Record<string | symbol, unknown>
  const post = scope[names.binding] as ((text: string) => void) | undefined
  delete scope[names.binding]
  // As Electron: no preload in frames (nodeIntegrationInSubFrames is off) and none in the first empty document.
  if (globalThis.top !== globalThis.self || location.protocol === 'about:' || post === undefined) return

  // Chromium cannot be told to open no window, and closing one that a debugger holds can stop its opener for good.
  scope['open'] = (url: unknown = '', name: unknown = '') => {
    const address = String(url)
    post(
      JSON.stringify({
        kind: 'open',
        url: URL.canParse(address, location.href) ? new URL(address, location.href).href : address,
        name: String(name),
      }),
    )
    return null
  }

  type Listener = (event: object, ...values: unknown[]) => void
  const listeners = new Map<string, Set<Listener>>()
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let lastId = 0

  function send(kind: string, id: number, channel: string, values: unknown[]): void {
    post?.(JSON.stringify({ kind, id, channel, values: encode(values) }))
  }

  Object.defineProperty(scope, Symbol.for(names.inbox), {
    value(coded: unknown): void {
      const message = decode(coded) as { id?: number; error?: string; value?: unknown; channel?: string; values?: unknown[] }
      if (message.channel !== undefined) {
        for (const listener of listeners.get(message.channel) ?? []) listener({}, ...(message.values ?? []))
        return
      }
      const call = waiting.get(message.id ?? 0)
      waiting.delete(message.id ?? 0)
      if (message.error === undefined) call?.resolve(message.value)
      else call?.reject(new Error(message.error))
    },
  })

  /** As the real bridge: functions become proxies, data becomes a frozen copy, nothing keeps its prototype. */
  function cross(value: unknown): unknown {
    if (typeof value === 'function') return (...values: unknown[]) => cross(value(...values.map((item) => cross(item))))
    if (value instanceof Promise) return value.then(cross)
    if (Array.isArray(value)) return value.map((item) => cross(item))
    if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
      return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cross(item)])))
    }
    return structuredClone(value)
  }

  const only = (name: string, parts: object): object =>
    new Proxy(parts, {
      get(target, key) {
        if (key in target || typeof key === 'symbol') return Reflect.get(target, key)
        throw new Error(`The Electron stand-in has no ${name}.${key}.`)
      },
    })

  const contextBridge = only('contextBridge', {
    exposeInMainWorld(key: string, api: unknown) {
      Object.defineProperty(scope, key, { value: cross(api), enumerable: true })
    },
  })
  const ipcRenderer = only('ipcRenderer', {
    send: (channel: string, ...values: unknown[]) => send('send', 0, channel, values),
    invoke(channel: string, ...values: unknown[]) {
      const id = (lastId += 1)
      return new Promise((resolve, reject) => {
        send('invoke', id, channel, values)
        waiting.set(id, {
          resolve,
          reject: (error) => reject(new Error(`Error invoking remote method '${channel}': ${error.message}`)),
        })
      })
    },
    on(channel: string, listener: Listener) {
      const known = listeners.get(channel) ?? new Set()
      listeners.set(channel, known.add(listener))
    },
  })

  // Chromium tells no page where a file lies.
  const webUtils = only('webUtils', { getPathForFile: () => '' })

  const module = { exports: {} }
  preload(
    (name) => {
      if (name === 'electron') return only('electron, in a preload', { contextBridge, ipcRenderer, webUtils })
      throw new Error(`A sandboxed preload cannot require “${name}”.`)
    },
    module,
    module.exports,
  )
}

/** Runs in a world of its own, which the page cannot reach: tells the main process of real presses, and of links to a new window. */
export function watchInput(binding: string): void {
  const tell = (globalThis as unknown as Record<string, (type: string) => void>)[binding]
  const types = { mousedown: 'mouseDown', mouseup: 'mouseUp', keydown: 'rawKeyDown', keyup: 'keyUp' } as const
  for (const [name, type] of Object.entries(types)) {
    addEventListener(name, (event) => (event.isTrusted ? tell?.(JSON.stringify({ type })) : undefined), {
      capture: true,
      passive: true,
    })
  }
  // After the page's own handlers: one that prevented the default wanted no window.
  const follow = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const aside = event.ctrlKey || event.metaKey || event.shiftKey || event.button === 1 || (link?.target ?? '_self') === '_blank'
    if (link === null || link.href === '' || !aside || event.button === 2 || event.defaultPrevented) return
    event.preventDefault()
    tell?.(JSON.stringify({ open: link.href }))
  }
  addEventListener('click', follow)
  addEventListener('auxclick', follow)
}
