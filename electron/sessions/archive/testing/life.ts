/** One life of a Sluice that can only archive and restore, on a real repository and a store in a file: for tests, and for processes that are killed. */

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readTotal } from '../../../cost/meter.ts'
import { addWorktree } from '../../../git/add-worktree.ts'
import type { Oid } from '../../../git/names.ts'
import { createGit, type Git } from '../../../git/run.ts'
import { systemClock, type Clock } from '../../../kit/clock.ts'
import { createLane } from '../../../kit/lane.ts'
import { createLog } from '../../../kit/log.ts'
import { config } from '../../../../shared/model/config.ts'
import { fail, ok } from '../../../../shared/result.ts'
import { sessionRecord, type SessionFact } from '../../facts.ts'
import type { LiveSession } from '../../live-session.ts'
import { createRoster, type Roster, type SessionStore } from '../../roster.ts'
import { createSessions, type Home, type Sessions } from '../../sessions.ts'
import { createArchive, type Archive } from '../archive.ts'

export type Life = {
  readonly roster: Roster
  readonly sessions: Sessions
  readonly archive: Archive
  readonly facts: SessionFact[]
  readonly faults: string[]
  session(id: string): LiveSession
  close(): Promise<void>
}

export type LifeOptions = {
  /** The main checkout; the store is beside it. */
  readonly path: string
  readonly head: Oid
  readonly git?: Git
  readonly clock?: Clock
  readonly teardown?: string | null
  readonly trusted?: boolean
  readonly target?: string | null
  readonly landing?: (session: string) => boolean
  /** Called before and after a fact is kept. */
  readonly step?: () => void
}

function storeIn(file: string, facts: SessionFact[], step: () => void): SessionStore {
  const records = new Map<string, unknown>(
    existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, 'utf8')) as object) : [],
  )
  return {
    load: () => [...records.values()].map((record) => sessionRecord.parse(record)),
    keep(_repository, consequences) {
      step()
      for (const { fact, record } of consequences) {
        facts.push(fact)
        if (record === null) records.delete(fact.session)
        else records.set(record.id, JSON.parse(JSON.stringify(record)))
      }
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(records)))
      renameSync(`${file}.new`, file)
      step()
    },
  }
}

export async function live(options: LifeOptions): Promise<Life> {
  const { path, head, teardown = null, trusted = true, target = 'main', landing = () => false, step = () => undefined } = options
  const around = dirname(path)
  const git = options.git ?? createGit({ env: process.env })
  const facts: SessionFact[] = []
  const faults: string[] = []
  const log = createLog({ write: (line) => void (line.includes('"level":"fault"') && faults.push(line)) }, () => new Date())
  const dataDir = join(around, 'data')
  mkdirSync(dataDir, { recursive: true })
  const roster = createRoster(storeIn(join(around, 'store.json'), facts, step), 'r')
  const home = (): Home => ({
    checkout: { path, trusted },
    config: config.parse({ teardown }),
    target: target === null ? null : { branch: target, head },
  })
  const env = { PATH: process.env['PATH'] ?? '', HOME: join(around, 'home') }
  const refuses = () => Promise.resolve(fail('not-started', 'Nothing is started here.'))
  const common = { git, clock: options.clock ?? systemClock, log, roster, dataDir, env, home }
  const sessions = await createSessions({
    ...common,
    terminals: {
      open: refuses,
      get: () => undefined,
      viewer: () => ({ receive: () => undefined, close: () => undefined }) as never,
      forget: () => undefined,
      close: () => Promise.resolve(),
    } as never,
    claude: () => Promise.resolve(fail('no-claude', 'There is none here.')),
    meter: readTotal,
    placeInLine: () => null,
    classicTerminal: () => false,
  })
  const archive = createArchive({
    ...common,
    lane: createLane(),
    sessions,
    setups: { run: () => Promise.resolve() },
    copyInto: () => Promise.resolve(ok([])),
    landing,
    endShells: () => Promise.resolve(),
  })
  return {
    roster,
    sessions,
    archive,
    facts,
    faults,
    session(id) {
      const session = sessions.byId(id)
      if (session === undefined) throw new Error(`There is no session ${id}.`)
      return session
    },
    async close() {
      await archive.close()
      await sessions.close()
    },
  }
}

/** A session with its worktree, as if it had been started and stopped. */
export async function begin(
  life: Life,
  git: Git,
  path: string,
  from: Oid,
  name = 'login',
  given: Partial<{ imported: boolean; research: boolean }> = {},
): Promise<string> {
  const worktree = given.research === true ? path : join(`${path}.worktrees`, name)
  const branch = given.research === true ? 'main' : `sluice/${name}`
  if (given.research !== true) {
    const made = await addWorktree(git, { path, trusted: true }, { path: worktree, branch, from })
    if (!made.ok) throw new Error(made.failure.message)
  }
  life.roster.apply({
    kind: 'session-started',
    session: name,
    repository: 'r',
    name,
    branch,
    worktree,
    order: life.roster.nextOrder(),
    prompt: 'x',
    model: null,
    permissionMode: 'acceptEdits',
    scope: [],
    base: from,
    research: false,
    forkedFrom: null,
    budgetUsd: null,
    port: null,
    imported: false,
    startedAt: '2026-11-21T12:00:00.000Z',
    ...given,
  })
  life.roster.apply({ kind: 'session-prepared', session: name })
  await life.sessions.add(name)
  return worktree
}
