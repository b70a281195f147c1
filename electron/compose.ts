/** The composition root: ports in, running House out. Names every part, contains no logic. */

import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Answer, Snapshot } from '../shared/contract.ts'
import { DEFAULT_CONFIG } from '../shared/model/config.ts'
import { NO_OVERLAP } from '../shared/model/overlap.ts'
import { takesRoom } from '../shared/model/session.ts'
import { ok, type Result } from '../shared/result.ts'
import { createFeed } from './bridge/feed.ts'
import type { House } from './bridge/house.ts'
import { createBridge } from './bridge/serve.ts'
import { tellChanges } from './composition/changes.ts'
import { openDesk } from './composition/desk.ts'
import { createHall } from './composition/hall.ts'
import { createHandlers } from './composition/handlers.ts'
import { queueStore, repositoryStore, reviewStore, sessionStore, settingsStore } from './composition/shelves.ts'
import { clearPrivateFolders } from './git/private-folders.ts'
import { createGit } from './git/run.ts'
import { systemClock } from './kit/clock.ts'
import { createEmitter } from './kit/emitter.ts'
import { userEnvironment, withoutNpmFolders } from './kit/environment.ts'
import { createLane } from './kit/lane.ts'
import type { Log } from './kit/log.ts'
import { loginShellPath } from './kit/login-shell.ts'
import { createScope } from './kit/scope.ts'
import { createMachine } from './machine/machine.ts'
import { claimsFolder, createClaims } from './repository/claim.ts'
import { createRepositories } from './repository/repositories.ts'
import { findClaude } from './sessions/claude.ts'
import { createUserSettings } from './settings/settings.ts'
import { openStore } from './store/store.ts'
import { savedFile } from './terminals/saved-file.ts'
import { createSavedScreens } from './terminals/saved-screens.ts'
import { createScreens } from './terminals/screens.ts'
import { createTerminals } from './terminals/terminals.ts'

export type ComposeOptions = {
  readonly dataDir: string
  /** The environment Sluice was started with. */
  readonly env: Readonly<NodeJS.ProcessEnv>
  /** The user's own choice of Claude Code; left out: found on the PATH of the login shell. */
  readonly claude?: string
  readonly version: string
  readonly log: Log
  /** The file of the screens' worker thread. */
  readonly screensWorker: URL
  /** Starts the demonstration once and gives its address. Left out: this host has none. */
  readonly demo?: () => Promise<Answer<'demo.start'>>
}

export type RunningHouse = House & {
  open(path: string): Promise<Answer<'repository.open'>>
  /** The user's word, given on the command line, that the open repository's own commands may run. */
  trust(): Answer<'repository.trust'>
  readonly notices: readonly string[]
}

/** Builds the House. Failures: the data directory belongs to another running Sluice, or cannot be written. */
export async function compose(options: ComposeOptions): Promise<Result<RunningHouse, 'in-use' | 'read-only'>> {
  const { dataDir, log, version } = options
  const clock = systemClock
  const scope = createScope()
  const opened = openStore({ dataDir, now: clock.now })
  if (!opened.ok) return opened
  const { store } = opened.value
  scope.add(() => store.close())

  const ownPath = withoutNpmFolders(options.env['PATH'] ?? '', delimiter)
  const bare = userEnvironment({ HOME: homedir(), ...options.env }, ownPath)
  const env = userEnvironment(bare, await loginShellPath(bare, ownPath))

  const git = createGit({ env })
  const lane = createLane()
  const screens = createScreens({ worker: options.screensWorker })
  scope.add(() => screens.close())
  const failed = (error: unknown): void => void log.fault(error)
  const warnings = createEmitter<string>()
  const saved = createSavedScreens({
    screens,
    clock,
    file: (id) => savedFile(join(dataDir, 'sessions'), id),
    warn: (message) => warnings.emit(message),
    failed,
  })
  const terminals = createTerminals({ screens, saved })
  scope.add(() => terminals.close())
  clearPrivateFolders(env['TMPDIR'] ?? tmpdir()).catch(failed)
  const claims = createClaims(claimsFolder(env, process.getuid?.()), (message) => {
    log.info(message)
    warnings.emit(message)
  })
  const repositories = createRepositories({ git, store: repositoryStore(store), now: clock.now, failed, claims })
  const sessions = sessionStore(store)
  const hall = createHall(repositories, (repository) =>
    openDesk(
      {
        git,
        lane,
        clock,
        log,
        terminals,
        savedScreens: saved,
        dataDir,
        env,
        chosenClaude: options.claude,
        repositories,
        sessionStore: sessions,
        queueStore: (id) => queueStore(store, id),
        reviewStore: (id) => reviewStore(store, id),
        usualModel: () => settings.get().model,
        resumeWorking: () => settings.get().resumeWorking,
        classicTerminal: () => settings.get().classicTerminal,
      },
      repository,
    ),
  )
  scope.add(() => hall.close())
  // Before any program ends.
  scope.add(() => saved.close())

  const feed = createFeed()
  const config = () => repositories.current()?.config ?? DEFAULT_CONFIG
  const notices = tellChanges({ feed, store, hall, config, warnings, notices: opened.value.notices })
  // Read once the notices are followed: there may be one about them.
  const settings = createUserSettings(settingsStore(store))
  settings.onChange((now) => feed.push({ kind: 'settings', settings: now }))
  screens.keepLines(settings.get().scrollback)
  settings.onChange((now) => screens.keepLines(now.scrollback))

  const machine = createMachine({ clock })
  scope.add(() => machine.close())
  hall.onDesk(({ desk }) => {
    desk.sessions.onGone((id) => terminals.forget(id))
    desk.sessions.onChange(({ id, state }) => (state === 'archived' ? terminals.forget(id) : undefined))
    const watch = (): void => machine.watch(desk.sessions.list().some(takesRoom))
    desk.sessions.onChange(watch)
    desk.sessions.onGone(watch)
    watch()
  })
  machine.onChange((now) => feed.push({ kind: 'machine', machine: now }))

  const snapshot = (): Snapshot => ({
    seq: feed.flush(),
    version,
    repository: repositories.view(),
    recent: repositories.recent(),
    config: config(),
    settings: settings.get(),
    sessions: hall.desk()?.sessions.list() ?? [],
    queue: hall.desk()?.queue.list() ?? [],
    overlap: hall.desk()?.radar.view() ?? NO_OVERLAP,
    machine: machine.view(),
    shells: hall.desk()?.shells.list() ?? [],
    notices: notices(),
  })
  const finding = {
    now: clock.now,
    home: env['HOME'] ?? homedir(),
    claude: () => findClaude(options.claude, env),
    ...(options.demo === undefined ? {} : { demo: options.demo }),
  }
  const bridge = createBridge({
    handlers: createHandlers({ hall, git, store, settings, finding, snapshot }),
    viewers: terminals,
    feed,
    log,
  })

  return ok({
    connect: (peer) => bridge.connect(peer),
    open: (path) => hall.open(path),
    trust: () => repositories.trust(),
    notices: opened.value.notices,
    close: () => scope.close(),
  })
}
