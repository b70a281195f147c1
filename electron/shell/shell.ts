/**
 * The desktop app's life: one instance, start, windows, quit. Takes the House from a function, so that another House can
 * be put in for tests; decides nothing about sessions, git or landing.
 */

import { app, dialog, ipcMain, Menu, protocol, session, shell } from 'electron'
import type { MessageBoxOptions, OpenDialogOptions } from 'electron'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import * as z from 'zod'
import type { Result } from '../../shared/result.ts'
import type { House } from '../bridge/house.ts'
import { systemClock } from '../kit/clock.ts'
import { defaultDataDir } from '../kit/data-dir.ts'
import { createLog, type Log } from '../kit/log.ts'
import { outliveFaults } from '../kit/faults.ts'
import { openLogFile } from '../kit/log-file.ts'
import { createScope } from '../kit/scope.ts'
import { carryWindows } from './carrier.ts'
import { offerDesktop } from './desktop.ts'
import { lastRepository } from './last-repository.ts'
import { parseLaunch } from './launch.ts'
import { lockPage, lockSession } from './locks.ts'
import { menuTemplate } from './menu.ts'
import { listPages, servePages } from './pages.ts'
import { SCHEME } from './policy.ts'
import { closeBeforeQuit } from './quit.ts'
import { createMainWindow } from './window.ts'

const LOG_FILE = 'desktop.log'

/** A running House as the desktop app uses it. */
export type DesktopHouse = House & { open(path: string): Promise<Result<unknown, string>> }

export type ShellParts = {
  /** The built preload, and the folder of the built page. */
  readonly preload: string
  readonly pages: string
  compose(options: {
    readonly dataDir: string
    readonly env: NodeJS.ProcessEnv
    readonly claude?: string
    readonly log: Log
  }): Promise<Result<DesktopHouse, string>>
  /** Gives the `sluice` command a way in over loopback. Left out: the command cannot reach this app. */
  serve?(options: {
    readonly house: House
    readonly dataDir: string
    readonly log: Log
  }): Promise<Result<{ close(): Promise<void> }, string>>
}

/** What a second start hands to the first. */
const handover = z.object({ directory: z.string().max(4096).nullable() })

/** Says why there will be no window, and ends. */
function refuse(message: string): void {
  dialog.showErrorBox('Sluice cannot start', message)
  app.exit(1)
}

/** Starts the desktop app. Call it once, before Electron is ready; returns at once. */
export function startShell(parts: ShellParts): void {
  const launch = parseLaunch(process.argv, app.isPackaged)
  const directory = launch.directory === null ? null : resolve(launch.directory)
  const dataDir = resolve(launch.data ?? defaultDataDir(process.env, process.platform, homedir()))
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
  // Chromium's own files, and with them the single instance, belong to this data directory and no other.
  const profile = join(dataDir, 'window')
  try {
    mkdirSync(profile, { recursive: true, mode: 0o700 })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return refuse(
      `The data directory ${dataDir} cannot be used (${why}). Make it writable, or choose another one with --data DIR.`,
    )
  }
  app.setName('Sluice')
  app.setPath('userData', profile)
  if (!app.requestSingleInstanceLock({ directory })) {
    app.quit()
    return
  }

  const log = createLog(openLogFile(dataDir, LOG_FILE), () => systemClock.now())
  outliveFaults(process, log)
  const scope = createScope()
  let house: DesktopHouse | null = null
  let wanted = directory
  const window = createMainWindow({
    preload: parts.preload,
    placeFile: join(profile, 'place.json'),
    developerTools: !app.isPackaged,
    crashed: (reason) => log.fault(new Error(`The page stopped: ${reason}.`)),
  })

  /** For work that nobody waits for: what goes wrong in it is a fault in the log. */
  function run(work: Promise<unknown>): void {
    work.catch((error: unknown) => log.fault(error))
  }

  async function openRepository(path: string): Promise<void> {
    const opened = await house?.open(path)
    if (opened === undefined || opened.ok) return
    const box: MessageBoxOptions = { type: 'warning', message: opened.failure.message, buttons: ['OK'] }
    const over = window.current()
    await (over === null ? dialog.showMessageBox(box) : dialog.showMessageBox(over, box))
  }

  async function chooseFolder(): Promise<string | null> {
    const asked: OpenDialogOptions = { title: 'Open a repository', properties: ['openDirectory'] }
    const over = window.current()
    const chosen = await (over === null ? dialog.showOpenDialog(asked) : dialog.showOpenDialog(over, asked))
    return (chosen.canceled ? undefined : chosen.filePaths[0]) ?? null
  }

  async function chooseRepository(): Promise<void> {
    const path = await chooseFolder()
    if (path !== null) await openRepository(path)
  }

  async function start(): Promise<void> {
    await app.whenReady()
    protocol.handle(SCHEME, servePages(await listPages(parts.pages)))
    lockSession(session.defaultSession)
    const claude = launch.claude === null ? {} : { claude: launch.claude }
    const composed = await parts.compose({ dataDir, env: process.env, log, ...claude })
    if (!composed.ok) return refuse(composed.failure.message)
    const running = composed.value
    house = running
    scope.add(() => running.close())
    const served = await parts.serve?.({ house: running, dataDir, log })
    if (served?.ok === true) scope.add(() => served.value.close())
    if (served?.ok === false) log.info(served.failure.message)
    scope.add(carryWindows(running, ipcMain))
    scope.add(
      offerDesktop(ipcMain, {
        chooseFolder,
        // False where the desktop has no such numbers, such as on Windows.
        setBadge: (count) => void app.setBadgeCount(count),
        bringToFront: () => run(window.show()),
      }),
    )
    scope.add(() => window.save())
    const template = menuTemplate(process.platform, app.isPackaged, {
      openRepository: () => run(chooseRepository()),
      showLog: () => shell.showItemInFolder(join(dataDir, LOG_FILE)),
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate([...template]))
    const last = await lastRepository(running)
    await window.show()
    if (wanted !== null) return await openRepository(wanted)
    // One that has gone since is no news at a start without a folder: the page shows its welcome.
    if (last !== null) await running.open(last)
  }

  app.on('web-contents-created', (_event, contents) => {
    const open = (link: URL): void => run(shell.openExternal(link.href))
    lockPage(contents, open, () => performance.now())
  })
  app.on('second-instance', (_event, _argv, _folder, sent) => {
    const asked = handover.safeParse(sent)
    const path = asked.success ? asked.data.directory : null
    if (house === null) {
      // We still start: our own window is on its way.
      wanted = path ?? wanted
      return
    }
    run(window.show().then(() => (path === null ? undefined : openRepository(path))))
  })
  app.on('activate', () => {
    if (house !== null) run(window.show())
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  closeBeforeQuit(
    app,
    systemClock,
    () => scope.close().catch((error: unknown) => void log.fault(error)),
    () => log.info('The House did not close in time; Sluice quits without waiting for it.'),
  )

  start().catch((error: unknown) => {
    const id = log.fault(error)
    const why = error instanceof Error ? error.message : String(error)
    refuse(`${why} The log in ${join(dataDir, LOG_FILE)} has more under ${id}.`)
  })
}
