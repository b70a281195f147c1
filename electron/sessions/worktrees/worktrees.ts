/** Worktrees that are there already: taking one over as a session, and putting right one that was moved or removed. */

import { sep } from 'node:path'
import type { FailureCode } from '../../../shared/contract.ts'
import type { FoundWorktree } from '../../../shared/model/base.ts'
import type { Session } from '../../../shared/model/session.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { followMoved, remakeWorktree } from '../../git/existing-worktree.ts'
import { attempt } from '../../git/failure.ts'
import { exists, gitDirOf, realPathOf } from '../../git/places.ts'
import { mergeBase } from '../../git/refs.ts'
import type { Git } from '../../git/run.ts'
import { listWorktrees, lockWorktree, type Worktree } from '../../git/worktrees.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Lane } from '../../kit/lane.ts'
import type { CopyInto } from '../creation.ts'
import type { LiveSession } from '../live-session.ts'
import { nameForNew } from '../naming.ts'
import type { Roster } from '../roster.ts'
import type { Home, Sessions } from '../sessions.ts'
import { hindrance, namesFor } from './importing.ts'
import type { Ports } from './ports.ts'
import { whereaboutsOf } from './whereabouts.ts'

export type WorktreesParts = {
  readonly git: Git
  readonly lane: Lane
  readonly clock: Clock
  readonly roster: Roster
  readonly sessions: Sessions
  readonly dataDir: string
  readonly ports: Ports
  readonly copyInto: CopyInto
  /** True for a folder of Sluice's own, such as the worktree that is kept ready. */
  isOurs(path: string): boolean
  home(): Home
}

export type Worktrees = {
  /** Those of the repository that no session has. */
  list(): Promise<readonly FoundWorktree[]>
  /** Makes a session of one of them. */
  adopt(path: string, name: string | undefined): Promise<Result<Session, FailureCode<'session.import'>>>
  repair(session: LiveSession): Promise<Result<Session, FailureCode<'session.repair'>>>
  /** Locks the worktrees of the sessions again that somebody unlocked. */
  relock(): Promise<void>
}

const UNTRUSTED = 'This repository is not trusted yet, so nothing of it may run. Trust it first.'

export function createWorktrees(parts: WorktreesParts): Worktrees {
  const { git, lane, roster, sessions } = parts
  const inLane = <Value>(work: () => Promise<Value>): Promise<Value> => lane.run(parts.home().checkout.path, work)

  /** Linked worktrees that are neither a session's nor Sluice's own. */
  async function strange(): Promise<readonly Worktree[]> {
    const own = roster.all().filter(({ research, archive }) => !research && archive === null)
    const dataDir = (await realPathOf(parts.dataDir)) ?? parts.dataDir
    return (await listWorktrees(git, parts.home().checkout)).filter(({ path, branch, main, bare }) => {
      const ours = path.startsWith(dataDir + sep) || parts.isOurs(path)
      return !main && !bare && !ours && !own.some((record) => record.worktree === path || record.branch === branch)
    })
  }

  async function look(worktree: Worktree): Promise<FoundWorktree> {
    const { path, branch, head } = worktree
    const isThere = (await gitDirOf(path)) !== null
    const problem = hindrance({ path, branch, isThere }, parts.home().target?.branch ?? null)
    return { path, branch, head, ...(problem === null ? {} : { problem }) }
  }

  function nameOf(worktree: FoundWorktree, asked: string | undefined): ReturnType<typeof nameForNew> {
    if (asked !== undefined) return nameForNew(roster.all(), { name: asked, prompt: '' }, sessions.runs)
    for (const name of namesFor({ ...worktree, isThere: true })) {
      const free = nameForNew(roster.all(), { name, prompt: '' }, sessions.runs)
      if (free.ok) return free
    }
    return fail('bad-name', 'No name could be found for it. Give it one.')
  }

  async function adopt(asked: string, name: string | undefined): Promise<Result<Session, FailureCode<'session.import'>>> {
    const { checkout, config, target } = parts.home()
    if (!checkout.trusted) return fail('untrusted', UNTRUSTED)
    if (target === null) return fail('no-target', 'There is no target branch. Choose one in the settings first.')
    const real = (await realPathOf(asked)) ?? asked
    const worktree = (await strange()).find(({ path }) => path === real || path === asked)
    if (worktree === undefined)
      return fail(
        'not-a-worktree',
        `${asked} is no worktree of this repository that could be imported. “sluice session import” without a path lists those that can.`,
      )
    const found = await look(worktree)
    const { path, branch, head } = found
    if (found.problem !== undefined || branch === null || head === null)
      return fail('not-a-worktree', `${path} cannot be imported. ${found.problem ?? 'It has no commit yet.'}`)
    const base = worktree.head === null ? null : await mergeBase(git, checkout, target.head, worktree.head)
    const port = await parts.ports.take()
    if (worktree.locked === null) await lockWorktree(git, checkout, path)

    const free = nameOf(found, name)
    if (!free.ok) return free
    // Somebody else may have imported it while git was asked.
    if (roster.all().some((record) => record.archive === null && !record.research && record.worktree === path))
      return fail('not-a-worktree', `${path} was imported already.`)
    const session = crypto.randomUUID()
    roster.apply({
      kind: 'session-started',
      session,
      repository: roster.repository,
      name: free.value,
      branch,
      worktree: path,
      order: roster.nextOrder(),
      prompt: '',
      model: config.model,
      permissionMode: config.permissionMode,
      scope: [],
      base: base ?? head,
      startedAt: parts.clock.now().toISOString(),
      research: false,
      forkedFrom: null,
      budgetUsd: config.budgetUsd,
      port,
      imported: true,
    })
    roster.apply({ kind: 'session-prepared', session })
    const live = await sessions.add(session)
    return ok(await live.fresh())
  }

  /** Makes the worktree again from its branch, with the files that a new one would get. */
  async function recreate(session: LiveSession): Promise<Result<void, FailureCode<'session.repair'>>> {
    const { id, worktree: path, branch } = session.record()
    const { checkout, config } = parts.home()
    if (!checkout.trusted) return fail('untrusted', UNTRUSTED)
    const made = await inLane(() => remakeWorktree(git, checkout, { path, branch }))
    if (!made.ok) return made
    sessions.keep({ kind: 'worktree-remade', session: id })
    const copied = await parts.copyInto(path, new AbortController().signal)
    const undone = [
      ...(copied.ok ? [] : [copied.failure.message]),
      ...(config.setup === null ? [] : [`Resume the session to run the setup command “${config.setup}” there.`]),
    ]
    if (undone.length > 0) {
      const message = ['Its worktree was made again and is not set up yet.', ...undone].join(' ')
      sessions.keep({ kind: 'session-setup-failed', session: id, message })
    }
    return ok(undefined)
  }

  async function relocate(session: LiveSession, path: string): Promise<void> {
    const { checkout } = parts.home()
    await inLane(async () => {
      await followMoved(git, checkout, path)
      await lockWorktree(git, checkout, path)
    })
    sessions.keep({ kind: 'session-relocated', session: session.id, worktree: path })
  }

  async function repair(session: LiveSession): Promise<Result<Session, FailureCode<'session.repair'>>> {
    const { name, worktree, branch, research, archive } = session.record()
    const where = await whereaboutsOf(parts.home().checkout, worktree, branch)
    if (!research && archive === null && where.kind === 'no-worktree')
      return fail('folder-exists', `The folder ${worktree} is no worktree any more. Move it away, then repair “${name}” again.`)
    if (research || archive !== null || where.kind !== 'gone' || where.branchAt !== null)
      return fail('nothing-to-repair', `There is nothing about the worktree of “${name}” that Sluice could put right.`)
    const { movedTo } = where
    const done = await attempt(async () => {
      if (movedTo === null) return recreate(session)
      await relocate(session, movedTo)
      return ok(undefined)
    })
    if (!done.ok) return fail('git-failed', done.failure.message)
    if (!done.value.ok) return done.value
    session.restate()
    return ok(await session.fresh())
  }

  async function relock(): Promise<void> {
    const { checkout } = parts.home()
    const own = roster
      .all()
      .filter(({ prepared, research, archive, intent }) => prepared && !research && archive === null && intent === null)
    if (own.length === 0) return
    await inLane(async () => {
      const unlocked = (await listWorktrees(git, checkout)).filter(({ locked, main }) => locked === null && !main)
      for (const { path } of unlocked) {
        if (own.some(({ worktree }) => worktree === path) && (await exists(path))) await lockWorktree(git, checkout, path)
      }
    })
  }

  return {
    list: async () => Promise.all((await strange()).map(look)),
    adopt: async (path, name) => {
      const done = await attempt(() => adopt(path, name))
      return done.ok ? done.value : fail('git-failed', done.failure.message)
    },
    repair,
    relock,
  }
}
