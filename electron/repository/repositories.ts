/** The repository that is open: its trust, its settings, its target. Knows nothing of sessions. */

import { watch, type FSWatcher } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { config as configSchema, CONFIG_KEYS, CONFIG_WORDS, DEFAULT_CONFIG, type Config } from '../../shared/model/config.ts'
import type { Repository } from '../../shared/model/repository.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Checkout } from '../git/checkout.ts'
import type { Oid } from '../git/names.ts'
import { branchHead } from '../git/refs.ts'
import { openRepository, type OpenFailure } from '../git/repository.ts'
import { risks } from '../git/risks.ts'
import type { Git } from '../git/run.ts'
import { createEmitter } from '../kit/emitter.ts'
import { createJoined } from '../kit/joined.ts'
import type { Claims } from './claim.ts'
import { badCopyPattern } from './copy-patterns.ts'
import { guessTarget, readTarget, type KnownTarget } from './target.ts'
import { badWorktreesFolder } from './worktrees-folder.ts'

export type RepositoryRecord = {
  readonly id: string
  readonly path: string
  readonly trustedAt: string | null
  readonly config: Config
  readonly openedAt: string
}

export type RepositoryFact =
  | { readonly kind: 'repository-opened'; readonly path: string }
  | { readonly kind: 'repository-trusted'; readonly path: string }
  | { readonly kind: 'config-set'; readonly key: string; readonly value: unknown }

export type RepositoryStore = {
  /** `unreadable`: there is a record, but what it holds does not fit this version. It must not be taken for no settings. */
  byPath(path: string): RepositoryRecord | 'unreadable' | null
  recent(): readonly string[]
  keep(fact: RepositoryFact, record: RepositoryRecord): void
}

export type OpenRepository = {
  readonly record: RepositoryRecord
  readonly checkout: Checkout
  readonly config: Config
  readonly target: KnownTarget['target']
}

export type Repositories = {
  current(): OpenRepository | null
  view(): Repository | null
  recent(): readonly string[]
  /** `in-use`: another Sluice on this machine has it open. */
  open(path: string): Promise<Result<OpenRepository, OpenFailure | 'in-use'>>
  /** Lets go of what was open before: nothing of ours works there any more. */
  letGoOfOthers(): Promise<void>
  trust(): Result<Repository, 'no-repository'>
  setConfig(key: string, value: unknown): Promise<Result<Config, 'no-repository' | 'bad-key' | 'bad-value'>>
  /** Reads the target's head from git now. */
  readTargetHead(): Promise<Oid | null>
  /** The repository, its settings or its target changed. */
  onChange(listener: () => void): () => void
  close(): Promise<void>
}

const SETTLE_MS = 100

/** What is wrong with a setting that has the right shape, in a sentence; null when nothing is. */
function badConfig(key: keyof Config, { copy, worktrees }: Config, checkout: string): string | null {
  if (key === 'copy') return badCopyPattern(copy)
  return key === 'worktrees' && worktrees !== null ? badWorktreesFolder(worktrees, checkout) : null
}

export function createRepositories(parts: {
  readonly git: Git
  readonly store: RepositoryStore
  readonly now: () => Date
  readonly failed: (error: unknown) => void
  /** Left out: nobody else is asked. */
  readonly claims?: Claims
}): Repositories {
  const { git, store, now } = parts
  const changed = createEmitter<void>()
  let record: RepositoryRecord | null = null
  let known: KnownTarget = { target: null }
  let found: readonly string[] = []
  let watchers: readonly FSWatcher[] = []
  let timer: NodeJS.Timeout | undefined

  const checkoutOf = (of: RepositoryRecord): Checkout => ({ path: of.path, trusted: of.trustedAt !== null })

  const reads = createJoined(async () => {
    if (record === null) return
    const before = JSON.stringify(known)
    known = await readTarget(git, checkoutOf(record), record.config)
    if (JSON.stringify(known) !== before) changed.emit()
  })
  const refreshTarget = reads.run

  /** The target moves when its ref file or the packed refs do. Both are replaced by rename, so the folders are watched. */
  function watchTarget(commonDir: string): void {
    for (const watcher of watchers) watcher.close()
    const branch = record?.config.target ?? 'main'
    const poke = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => void refreshTarget().catch(parts.failed), SETTLE_MS)
    }
    const follow = (folder: string, names: readonly string[]): FSWatcher[] => {
      try {
        const watcher = watch(folder, (_event, name) => {
          if (name === null || names.includes(name)) poke()
        })
        watcher.on('error', () => watcher.close())
        return [watcher]
      } catch {
        return []
      }
    }
    const ref = join(commonDir, 'refs', 'heads', branch)
    watchers = [...follow(dirname(ref), [basename(ref)]), ...follow(commonDir, ['packed-refs', 'HEAD'])]
  }

  let commonDir = ''
  return {
    current: () => record && { record, checkout: checkoutOf(record), config: record.config, target: known.target },
    view: () =>
      record && {
        id: record.id,
        path: record.path,
        name: basename(record.path),
        trusted: record.trustedAt !== null,
        target: known.target && { branch: known.target.branch, head: known.target.head },
        ...(known.problem === undefined ? {} : { problem: known.problem }),
        risks: found,
      },
    recent: () => store.recent(),
    async open(path) {
      const opened = await openRepository(git, path)
      if (!opened.ok) return opened
      const { root } = opened.value
      const earlier = store.byPath(root)
      if (earlier === 'unreadable') {
        const message = `The stored settings of ${root} do not fit this version of Sluice, and its checks must not be guessed. Use the version that wrote them, or another data directory (--data DIR).`
        return fail('unreadable', message)
      }
      const claimed = await parts.claims?.take(opened.value.commonDir)
      if (claimed?.ok === false) return claimed
      const untrusted = { path: root, trusted: false }
      const config = earlier?.config ?? { ...DEFAULT_CONFIG, target: await guessTarget(git, untrusted) }
      const at = now().toISOString()
      const next: RepositoryRecord = {
        id: earlier?.id ?? crypto.randomUUID(),
        path: root,
        trustedAt: earlier?.trustedAt ?? null,
        config,
        openedAt: at,
      }
      const [nextKnown, nextFound] = [await readTarget(git, untrusted, config), await risks(git, untrusted)]
      store.keep({ kind: 'repository-opened', path: root }, next)
      ;({ commonDir } = opened.value)
      ;[record, known, found] = [next, nextKnown, nextFound]
      watchTarget(commonDir)
      changed.emit()
      return ok({ record, checkout: checkoutOf(record), config, target: known.target })
    },
    trust() {
      if (record === null) return fail('no-repository', 'No repository is open.')
      if (record.trustedAt === null) {
        const next = { ...record, trustedAt: now().toISOString() }
        store.keep({ kind: 'repository-trusted', path: record.path }, next)
        record = next
        changed.emit()
      }
      const view = this.view()
      return view === null ? fail('no-repository', 'No repository is open.') : ok(view)
    },
    async setConfig(key, value) {
      if (record === null) return fail('no-repository', 'No repository is open.')
      const { id } = record
      const name = CONFIG_KEYS.find((known) => known === key)
      if (name === undefined) return fail('bad-key', `There is no setting “${key}”. The settings are: ${CONFIG_KEYS.join(', ')}.`)
      const parsed = configSchema.shape[name].safeParse(value)
      if (!parsed.success) return fail('bad-value', `“${key}” takes ${CONFIG_WORDS[name]}.`)
      if (name === 'target' && typeof value === 'string' && (await branchHead(git, checkoutOf(record), value)) === null) {
        return fail('bad-value', `There is no local branch “${value}”. Create it first, or name another one.`)
      }
      const bad = badConfig(name, configSchema.parse({ ...record.config, [name]: parsed.data }), record.path)
      if (bad !== null) return fail('bad-value', bad)
      // Null is no target; it asks for the same guess as at the first opening.
      const wanted: unknown = name === 'target' && parsed.data === null ? await guessTarget(git, checkoutOf(record)) : parsed.data
      if (record.id !== id)
        return fail('no-repository', 'Another repository was opened meanwhile, so nothing was changed. Open this one again.')
      const config = configSchema.parse({ ...record.config, [name]: wanted })
      const next = { ...record, config }
      store.keep({ kind: 'config-set', key: name, value: wanted }, next)
      record = next
      if (name === 'target') {
        watchTarget(commonDir)
        await refreshTarget()
      }
      changed.emit()
      return ok(config)
    },
    async readTargetHead() {
      await refreshTarget()
      return known.target?.head ?? null
    },
    onChange: (listener) => changed.on(listener),
    letGoOfOthers: async () => parts.claims?.keepOnly(commonDir),
    async close() {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
      await parts.claims?.keepOnly(null)
    },
  }
}
