/** `app`: ready, one instance, and quitting in Electron's order. */

import { createHash } from 'node:crypto'
import { connect, createServer } from 'node:net'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode, encode } from './cloning.ts'
import { appEvents, chromium, hasChromium, windows } from './runtime.ts'
import { preventable, strict } from './strict.ts'

const EVENTS = [
  'ready',
  'activate',
  'before-quit',
  'will-quit',
  'quit',
  'second-instance',
  'web-contents-created',
  'window-all-closed',
]
const INTERNAL = ['browser-window-created', 'stand-in:no-windows', 'newListener', 'removeListener', 'error']

const temporary = mkdtempSync(join(tmpdir(), 'electron-stand-in-'))
const paths = new Map<string, string>([['userData', temporary]])
let ready = false
let name = 'Electron'
let phase: 'running' | 'quitting' | 'ending' = 'running'
const pending: Promise<void>[] = []
const unlock: (() => void)[] = []

async function end(code: number): Promise<void> {
  if (phase === 'ending') return
  phase = 'ending'
  appEvents.emit('quit', {}, code)
  await Promise.all(pending)
  for (const release of unlock) release()
  if (hasChromium()) await chromium().close()
  rmSync(temporary, { recursive: true, force: true })
  process.exit(code)
}

function finishQuit(): void {
  const event = preventable({})
  appEvents.emit('will-quit', event)
  if (event.defaultPrevented) phase = 'running'
  else void end(0)
}

appEvents.on('stand-in:no-windows', () => {
  if (phase === 'quitting') finishQuit()
  else if (phase === 'running') {
    if (appEvents.listenerCount('window-all-closed') === 0) quit()
    else appEvents.emit('window-all-closed')
  }
})

function quit(): void {
  // As Electron: never inside the call itself.
  setImmediate(() => {
    if (phase !== 'running') return
    const event = preventable({})
    appEvents.emit('before-quit', event)
    if (event.defaultPrevented) return
    phase = 'quitting'
    if (windows.size === 0) finishQuit()
    for (const window of windows) window.close()
  })
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** One instance for each `userData`: a file with the owner's process id, and a socket on which it hears of the others. */
function requestSingleInstanceLock(additionalData?: unknown): boolean {
  const key = createHash('sha256')
    .update(paths.get('userData') ?? '')
    .digest('hex')
    .slice(0, 24)
  const file = join(tmpdir(), `electron-stand-in-${key}.pid`)
  const socket = join(tmpdir(), `electron-stand-in-${key}.sock`)
  const owner = statSync(file, { throwIfNoEntry: false }) === undefined ? 0 : Number(readFileSync(file, 'utf8'))
  if (owner > 0 && alive(owner)) {
    const words = JSON.stringify(encode([process.argv, process.cwd(), additionalData]))
    pending.push(
      new Promise((resolve) => {
        connect(socket)
          .on('error', () => resolve())
          .on('close', () => resolve())
          .end(words)
      }),
    )
    return false
  }
  writeFileSync(file, String(process.pid))
  rmSync(socket, { force: true })
  const server = createServer((other) => {
    let text = ''
    other.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    other.on('end', () => {
      const [argv, folder, data] = decode(JSON.parse(text)) as [string[], string, unknown]
      appEvents.emit('second-instance', {}, argv, folder, data)
    })
  })
  server.listen(socket).unref()
  unlock.push(() => {
    rmSync(file, { force: true })
    rmSync(socket, { force: true })
  })
  return true
}

export const app = strict(
  'app',
  Object.assign(appEvents, {
    isPackaged: false,
    isReady: () => ready,
    whenReady: () => (ready ? Promise.resolve() : new Promise<void>((resolve) => appEvents.once('ready', resolve))),
    getName: () => name,
    setName(to: string) {
      name = to
    },
    getPath(of: string) {
      const path = paths.get(of)
      if (path === undefined) throw new Error(`The Electron stand-in has no path “${of}”.`)
      return path
    },
    setPath: (of: string, to: string) => void paths.set(of, to),
    setBadgeCount: () => true,
    requestSingleInstanceLock,
    quit,
    exit(code = 0) {
      void end(code)
    },
  }),
)

appEvents.on('newListener', (event: string | symbol) => {
  if (typeof event === 'string' && ![...EVENTS, ...INTERNAL].includes(event)) {
    throw new Error(`The Electron stand-in never emits “${event}” on app.`)
  }
})

/** Called once by the start, after the app's entry file ran and Chromium answers. */
export function becomeReady(): void {
  ready = true
  appEvents.emit('ready', {}, {})
}

/** True when the app asked to quit before it was ready, as a second instance does. */
export function isLeaving(): boolean {
  return phase !== 'running'
}
