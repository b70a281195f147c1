/** A House whose sessions are made up and never rest: real terminals behind a real host, for measuring the page. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Snapshot } from '../../shared/contract.ts'
import { DEFAULT_CONFIG } from '../../shared/model/config.ts'
import { UNKNOWN_MACHINE } from '../../shared/model/machine.ts'
import { NO_OVERLAP } from '../../shared/model/overlap.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session, SessionState } from '../../shared/model/session.ts'
import { DEFAULT_SETTINGS } from '../../shared/model/settings.ts'
import { createFeed } from '../../electron/bridge/feed.ts'
import type { House } from '../../electron/bridge/house.ts'
import { createLog } from '../../electron/kit/log.ts'
import { startHost } from '../../electron/serve/host.ts'
import { createScreens } from '../../electron/terminals/screens.ts'
import type { Limits } from '../../electron/terminals/credit.ts'
import { createTerminals, type Terminals } from '../../electron/terminals/terminals.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const STARTED = '2026-11-21T10:00:00.000Z'
const STATES: readonly SessionState[] = [
  'working',
  'needs-permission',
  'asks',
  'idle',
  'background',
  'working',
  'limited',
  'idle',
]
const FILES = Array.from({ length: 40 }, (_, index) => `src/part-${index}/module.ts`)

const oid = (seed: number): string => String(seed).padStart(2, '0').repeat(20)

function patchOf(seed: number): string {
  return FILES.map((path, at) => {
    const lines = Array.from({ length: 12 }, (_, line) => `+export const value${line} = ${seed * 1000 + at * 10 + line}`)
    return `diff --git a/${path} b/${path}\nnew file mode 100644\nindex 0000000..1111111\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,12 @@\n${lines.join('\n')}\n`
  }).join('')
}

function sessionAt(index: number, tick: number): Session {
  return {
    id: `s${index}`,
    name: `session-${index}`,
    branch: `sluice/session-${index}`,
    worktree: `/tmp/session-${index}`,
    order: index,
    state: STATES[(index + tick) % STATES.length] ?? 'working',
    ...(tick % 3 === 0 ? { waitingSince: STARTED } : {}),
    research: false,
    approved: false,
    head: oid(index),
    ahead: 1,
    behind: 0,
    dirty: false,
    files: FILES.length,
    insertions: tick * 3 + index,
    deletions: tick,
    model: 'sonnet',
    permissionMode: 'acceptEdits',
    scope: [],
    spentUsd: tick / 100,
    contextPercent: tick % 100,
    prompt: 'Measure',
    startedAt: STARTED,
  }
}

export type BusyHouse = {
  readonly url: string
  readonly terminals: Terminals
  /** Lets every session change so often a second from now on; 0 is rest. */
  change(timesASecond: number): void
  close(): Promise<void>
}

/** Takes how many sessions there are; each has a terminal in which a program repeats what is typed. `limits`: other than the product's. */
export async function startBusyHouse(count: number, limits?: Limits): Promise<BusyHouse> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sluice-bench-'))
  const screens = createScreens({ worker: pathToFileURL(join(ROOT, 'out/main/screens.js')) })
  const terminals = createTerminals({ screens, ...(limits === undefined ? {} : { limits }) })
  const feed = createFeed()
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  let tick = 1
  let timer: NodeJS.Timeout | undefined
  for (const number of numbers) {
    const opened = await terminals.open({
      id: `s${number}`,
      file: '/bin/cat',
      args: [],
      cwd: dataDir,
      env: { PATH: '/usr/bin:/bin', TERM: 'xterm-256color' },
    })
    if (!opened.ok) throw new Error(opened.failure.message)
  }
  const sessions = (): readonly Session[] => numbers.map((number) => sessionAt(number, tick))
  const queue = (): readonly Entry[] => [
    { session: 'session-2', phase: 'checking', since: STARTED, check: { name: `npm test ${tick % 2}`, index: 1, of: 1 } },
    { session: 'session-4', phase: 'waiting', since: STARTED },
  ]
  const snapshot = (): Snapshot => ({
    seq: feed.flush(),
    version: '0.0.0',
    repository: { id: 'r', path: '/bench', name: 'bench', trusted: true, target: { branch: 'main', head: oid(99) }, risks: [] },
    recent: [],
    config: { ...DEFAULT_CONFIG, maxSessions: 16, checks: ['npm test'] },
    settings: DEFAULT_SETTINGS,
    sessions: sessions(),
    queue: queue(),
    overlap: NO_OVERLAP,
    machine: UNKNOWN_MACHINE,
    shells: [],
    notices: [],
  })
  const answers: Readonly<Record<string, (params: { readonly name?: string }) => unknown>> = {
    hello: snapshot,
    'diff.files': ({ name }) => ({
      base: oid(98),
      head: oid(Number(name?.slice('session-'.length))),
      files: FILES.map((path) => ({ path, status: 'added', insertions: 12, deletions: 0, binary: false, viewed: false })),
    }),
    'diff.patch': ({ name }) => {
      const number = Number(name?.slice('session-'.length))
      return { patch: patchOf(number), truncated: false, head: oid(number) }
    },
    'queue.log': () => ({ text: '', truncated: false }),
    'session.list': sessions,
  }
  const house: House = {
    connect(peer) {
      const unlisten = feed.listen((batch) => peer.changes(batch))
      const viewer = terminals.viewer((bytes) => peer.frame(bytes))
      return {
        async call(name, params) {
          const value = answers[name]?.(params as { name?: string })
          return value === undefined
            ? { ok: false, failure: { code: 'bad-request', message: `The benchmark does not answer “${name}”.` } }
            : { ok: true, value }
        },
        frame: (bytes) => viewer.frame(bytes),
        close() {
          unlisten()
          viewer.close()
        },
      }
    },
    close: async () => undefined,
  }
  const host = await startHost({
    house,
    dataDir,
    pages: join(ROOT, 'out/renderer'),
    version: '0.0.0',
    log: createLog({ write: () => undefined }, () => new Date()),
  })
  if (!host.ok) throw new Error(host.failure.message)
  return {
    url: host.value.url,
    terminals,
    change(timesASecond) {
      clearInterval(timer)
      if (timesASecond === 0) return
      timer = setInterval(() => {
        tick += 1
        for (const session of sessions()) feed.push({ kind: 'session', session })
        feed.push({ kind: 'queue', entries: queue() })
        feed.push({ kind: 'check-output', session: 'session-2', text: `line ${tick} of a check that talks\n` })
      }, 1000 / timesASecond)
    },
    async close() {
      clearInterval(timer)
      await host.value.close()
      await terminals.close()
      await screens.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
