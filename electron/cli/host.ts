/** `sluice serve`: builds the House, shows it on loopback, and stops it gracefully on SIGINT or SIGTERM. */

import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { compose } from '../compose.ts'
import { outliveFaults } from '../kit/faults.ts'
import { openLogFile } from '../kit/log-file.ts'
import { createLog } from '../kit/log.ts'
import { startHost, type HostOptions } from '../serve/host.ts'
import { createDemoChild } from './demo-child.ts'
import { failed, EXIT, type Outcome } from './outcome.ts'
import type { Places } from './places.ts'

export type HostPlan = {
  readonly dataDir: string
  readonly folder: string | undefined
  readonly port: number | undefined
  readonly claude: string | undefined
  readonly trust: boolean
  readonly browser: boolean
  readonly json: boolean
}

/** Opens an address in the user's browser; where that fails, the printed address is enough. */
function openBrowser(url: string): void {
  const [file, args] =
    process.platform === 'darwin' ? ['open', [url]] : process.platform === 'win32' ? ['explorer.exe', [url]] : ['xdg-open', [url]]
  const child = spawn(file, args, { stdio: 'ignore', detached: true })
  child.once('error', () => undefined)
  child.unref()
}

/** A screen to open a browser on. */
function hasScreen(): boolean {
  return process.platform !== 'linux' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

/** Resolves at the first signal; later ones change nothing, as a Ctrl-C reaches us from the terminal and from the launcher. */
function stopAsked(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop())
  })
}

/** The same port each time, where it is free: a browser keeps the page's own settings by port. */
const USUAL_PORT = 42_427

async function listen(port: number | undefined, options: HostOptions): ReturnType<typeof startHost> {
  if (port !== undefined) return startHost({ ...options, port })
  const usual = await startHost({ ...options, port: USUAL_PORT })
  return usual.ok || usual.failure.code === 'read-only' ? usual : startHost(options)
}

/** Runs until a signal comes. A folder that cannot be opened ends it with a sentence; without a folder the page asks for one. */
export async function serve(plan: HostPlan, places: Places, print: (line: string) => void): Promise<Outcome> {
  const { dataDir } = plan
  const stopped = stopAsked()
  const log = createLog(openLogFile(dataDir, 'sluice.log'), () => new Date())
  outliveFaults(process, log)
  if (plan.claude !== undefined && !(await isProgram(resolve(plan.claude)))) {
    const message = `There is no program at ${resolve(plan.claude)}. Give the path of Claude Code with --claude PATH.`
    return failed(EXIT.refused, { code: 'no-claude', message })
  }
  const demo = createDemoChild(places.demo)
  const composed = await compose({
    dataDir,
    env: process.env,
    version: places.version,
    log,
    screensWorker: places.screensWorker,
    demo: () => demo.start(),
    ...(plan.claude === undefined ? {} : { claude: resolve(plan.claude) }),
  })
  if (!composed.ok) return failed(EXIT.refused, composed.failure)
  const house = composed.value
  if (plan.folder !== undefined) {
    const opened = await house.open(resolve(plan.folder))
    if (!opened.ok) {
      await house.close()
      return failed(EXIT.refused, opened.failure)
    }
    if (plan.trust) await house.trust()
  }
  const host = await listen(plan.port, { house, dataDir, pages: places.pages, version: places.version, log })
  if (!host.ok) {
    await house.close()
    return failed(EXIT.refused, host.failure)
  }
  const { url } = host.value
  for (const notice of house.notices) process.stderr.write(`${notice}\n`)
  print(
    plan.json
      ? JSON.stringify({ url, pid: process.pid, dataDir })
      : `Sluice is at ${url}\nStop it with Ctrl-C; its sessions end gracefully and can be resumed.`,
  )
  if (plan.browser && !plan.json && hasScreen()) openBrowser(url)

  await stopped
  await host.value.close()
  await Promise.all([house.close(), demo.close()])
  return { code: EXIT.done }
}
