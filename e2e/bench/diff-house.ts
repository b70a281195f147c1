/** A House whose sessions have made-up diffs of some size behind a real host, for measuring how the page shows them. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Snapshot } from '../../shared/contract.ts'
import { DEFAULT_CONFIG } from '../../shared/model/config.ts'
import type { DiffFile } from '../../shared/model/diff.ts'
import { UNKNOWN_MACHINE } from '../../shared/model/machine.ts'
import { NO_OVERLAP } from '../../shared/model/overlap.ts'
import type { Session } from '../../shared/model/session.ts'
import { DEFAULT_SETTINGS } from '../../shared/model/settings.ts'
import { createFeed } from '../../electron/bridge/feed.ts'
import type { House } from '../../electron/bridge/house.ts'
import { createLog } from '../../electron/kit/log.ts'
import { startHost } from '../../electron/serve/host.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const STARTED = '2026-11-21T10:00:00.000Z'
const LINES_A_FILE = 1_000
/** What the product gives at once. */
const MOST_CHARACTERS = 4 * 1024 * 1024

const oid = (seed: number): string => String(seed).padStart(2, '0').repeat(20)

/** The changed lines of one file, half of them gone, half of them new, two and two with one that stayed after them. `marker` is in every new one. */
export function linesOf(marker: string, file: number, lines: number): readonly string[] {
  return Array.from({ length: lines / 4 }, (_, at) => [
    `-  const before${at} = compute(${file}, "${at}")`,
    `-  return before${at} + ${file}`,
    `+  const ${marker}${at} = await compute(${at}, "${file}")`,
    `+  return ${marker}${at} ?? null // of ${file}`,
    ' }',
  ]).flat()
}

function diffOf(marker: string, total: number): { readonly files: readonly DiffFile[]; readonly sections: readonly string[] } {
  const count = Math.ceil(total / LINES_A_FILE)
  const lines = Math.min(total, LINES_A_FILE)
  const paths = Array.from({ length: count }, (_, at) => `src/part-${String(at).padStart(4, '0')}/module.ts`)
  return {
    files: paths.map((path) => ({
      path,
      status: 'modified',
      insertions: lines / 2,
      deletions: lines / 2,
      binary: false,
      viewed: false,
    })),
    sections: paths.map(
      (path, at) =>
        `diff --git a/${path} b/${path}\nindex 1111111..2222222 100644\n--- a/${path}\n+++ b/${path}\n@@ -1,${(lines / 4) * 3} +1,${(lines / 4) * 3} @@\n${linesOf(marker, at, lines).join('\n')}\n`,
    ),
  }
}

/** The patch of a diff of so many lines. */
export const patchOf = (marker: string, total: number): string => diffOf(marker, total).sections.join('')

export type DiffHouse = { readonly url: string; close(): Promise<void> }

/** Takes the sessions: a name, which is in every new line of its diff, and how many lines that has. */
export async function startDiffHouse(sizes: Readonly<Record<string, number>>): Promise<DiffHouse> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sluice-bench-'))
  const feed = createFeed()
  const diffs = new Map(Object.entries(sizes).map(([name, total]) => [name, diffOf(name, total)]))
  const sessions = Object.keys(sizes).map((name, index): Session => ({
    id: `s-${name}`,
    name,
    branch: `sluice/${name}`,
    worktree: `/tmp/${name}`,
    order: index + 1,
    state: 'exited',
    spentUsd: 0,
    contextPercent: 0,
    research: false,
    approved: false,
    head: oid(1),
    ahead: 1,
    behind: 0,
    dirty: false,
    files: diffs.get(name)?.files.length ?? 0,
    insertions: (sizes[name] ?? 0) / 2,
    deletions: (sizes[name] ?? 0) / 2,
    model: 'sonnet',
    permissionMode: 'acceptEdits',
    scope: [],
    prompt: 'Measure',
    startedAt: STARTED,
  }))
  const snapshot = (): Snapshot => ({
    seq: feed.flush(),
    version: '0.0.0',
    repository: { id: 'r', path: '/bench', name: 'bench', trusted: true, target: { branch: 'main', head: oid(99) }, risks: [] },
    recent: [],
    config: DEFAULT_CONFIG,
    settings: DEFAULT_SETTINGS,
    sessions,
    queue: [],
    overlap: NO_OVERLAP,
    machine: UNKNOWN_MACHINE,
    shells: [],
    notices: [],
  })
  type Asked = { readonly name: string; readonly paths?: readonly string[] }
  const answers: Readonly<Record<string, (params: Asked) => unknown>> = {
    hello: snapshot,
    'diff.files': ({ name }) => ({ base: oid(98), head: oid(1), files: diffs.get(name)?.files ?? [] }),
    'diff.patch': ({ name, paths }) => {
      const { files, sections } = diffs.get(name) ?? { files: [], sections: [] }
      const wanted = sections.filter((_, at) => paths === undefined || paths.includes(files[at]?.path ?? '')).join('')
      return { patch: wanted.slice(0, MOST_CHARACTERS), truncated: wanted.length > MOST_CHARACTERS, head: oid(1) }
    },
    'review.show': ({ name }) => ({ session: `s-${name}`, looked: null, comments: [], readiness: [] }),
    'review.summary': () => ({ commits: [], message: null }),
  }
  const house: House = {
    connect(peer) {
      const unlisten = feed.listen((batch) => peer.changes(batch))
      return {
        async call(name, params) {
          const value = answers[name]?.(params as Asked)
          return value === undefined
            ? { ok: false, failure: { code: 'bad-request', message: `The benchmark does not answer “${name}”.` } }
            : { ok: true, value }
        },
        frame: () => undefined,
        close: unlisten,
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
    async close() {
      await host.value.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
