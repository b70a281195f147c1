/** From a request to a running session: name, base, scope, worktree, row, Claude Code. What fails half way leaves nothing behind. */

import { dirname, join } from 'node:path'
import type { FailureCode, StartRequest } from '../../shared/contract.ts'
import type { Session } from '../../shared/model/session.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { clearHalfMade } from '../git/half-made.ts'
import { type Oid, parseOid } from '../git/names.ts'
import { branchHead, resolveCommit } from '../git/refs.ts'
import type { Git } from '../git/run.ts'
import type { Clock } from '../kit/clock.ts'
import type { Lane } from '../kit/lane.ts'
import { createWorktree, undoWorktree, type CopyInto, type Creation } from './creation.ts'
import type { SessionRecord } from './facts.ts'
import { nameForNew } from './naming.ts'
import type { Roster } from './roster.ts'
import type { Home, Sessions, SessionsParts } from './sessions.ts'
import { branchOf } from './view.ts'

export type StartParts = Pick<SessionsParts, 'claude'> & {
  readonly git: Git
  readonly lane: Lane
  readonly clock: Clock
  readonly roster: Roster
  readonly sessions: Sessions
  readonly copyInto: CopyInto
  /** The user's own choice where neither the request nor the repository says one; null: Claude Code's. */
  usualModel(): string | null
  readonly env: Readonly<Record<string, string>>
  home(): Home
}

type Refusal = FailureCode<'session.start'>

/** Takes globs as typed; gives them trimmed, or says which one cannot mean a path of the repository. */
export function parseScope(globs: readonly string[]): Result<readonly string[], 'bad-scope'> {
  for (const glob of globs) {
    const steps = glob.trim().split(/[\\/]/u)
    const inside = glob.trim() !== '' && steps[0] !== '' && !/^[A-Za-z]:/u.test(glob.trim()) && !steps.includes('..')
    if (!inside)
      return fail('bad-scope', `“${glob}” cannot be a scope: give a path or pattern inside the repository, such as src/api/**.`)
    if (glob.trim().startsWith('!'))
      return fail('bad-scope', `“${glob}” cannot be a scope: “!” excludes nothing here. Name only what the session may change.`)
  }
  return ok(globs.map((glob) => glob.trim()))
}

async function baseFor(parts: StartParts, from: string | undefined): Promise<Result<Oid, 'no-target' | 'bad-ref'>> {
  const { checkout, target } = parts.home()
  if (from !== undefined) {
    const commit = await resolveCommit(parts.git, checkout, from)
    return commit === null ? fail('bad-ref', `“${from}” is no branch, tag or commit of this repository.`) : ok(commit)
  }
  // Asked now: a commit made a moment ago may not have been heard of yet.
  const head = target === null ? null : await branchHead(parts.git, checkout, target.branch)
  return head === null
    ? fail('no-target', 'There is no target branch to start from. Choose one in the settings, or name a base with --from.')
    : ok(head)
}

type Planned = { readonly record: SessionRecord; readonly creation: Creation }

/** Everything that can be refused before anything is made. From the last check to the row there is no await: two callers cannot both pass. */
async function plan(parts: StartParts, request: StartRequest): Promise<Result<Planned, Refusal>> {
  const { roster, sessions } = parts
  const { checkout, config } = parts.home()
  if (!checkout.trusted) {
    const message =
      'This repository is not trusted yet, so nothing of it may run. Trust it in the window, or start Sluice with --trust.'
    return fail('untrusted', message)
  }
  const scope = parseScope(request.scope ?? [])
  if (!scope.ok) return scope
  const typed = nameForNew([], request, sessions.runs)
  if (!typed.ok) return typed
  const from = await baseFor(parts, request.from)
  if (!from.ok) return from
  const claude = await parts.claude()
  if (!claude.ok) return claude

  const name = nameForNew(roster.all(), request, sessions.runs)
  if (!name.ok) return name
  const room = sessions.roomForOne()
  if (!room.ok) return room
  const root = config.worktrees ?? `${checkout.path}.worktrees`
  const branch = branchOf(name.value)
  const id = crypto.randomUUID()
  roster.apply({
    kind: 'session-started',
    session: id,
    repository: roster.repository,
    name: name.value,
    branch,
    worktree: join(root, name.value),
    order: roster.nextOrder(),
    prompt: request.prompt,
    model: request.model ?? config.model ?? parts.usualModel(),
    permissionMode: request.permissionMode ?? config.permissionMode,
    scope: scope.value,
    base: from.value,
    startedAt: parts.clock.now().toISOString(),
  })
  const record = roster.byId(id)
  if (record === undefined) throw new Error('A session that was just kept is not there.')
  const { copyInto, env } = parts
  const creation = {
    repository: checkout,
    name: name.value,
    branch,
    root,
    from: from.value,
    setup: config.setup,
    copyInto,
    env,
  }
  return ok({ record, creation })
}

export type Starter = {
  start(request: StartRequest): Promise<Result<Session, Refusal>>
  /** True while a session is on its way. */
  isBusy(): boolean
  /** Calls off what is on its way; resolves when nothing of it is left. */
  close(): Promise<void>
}

/** Gives the way to start sessions; several may be on their way at once. */
export function createStarter(parts: StartParts): Starter {
  const { git, lane, sessions } = parts
  const underWay = new Set<Promise<unknown>>()
  const stopped = new AbortController()

  async function make({ record, creation }: Planned): Promise<Result<Session, Refusal>> {
    const live = await sessions.add(record.id)
    const created = await createWorktree(git, lane, creation, stopped.signal)
    if (!created.ok) return created
    try {
      sessions.keep({ kind: 'session-prepared', session: record.id })
      const launched = await live.launch(false)
      if (launched.ok) return launched
      await undoWorktree(git, lane, creation, record.worktree)
      return launched.failure.code === 'already-running'
        ? fail('git-failed', launched.failure.message)
        : fail(launched.failure.code, launched.failure.message)
    } catch (error) {
      await undoWorktree(git, lane, creation, record.worktree)
      throw error
    }
  }

  async function start(request: StartRequest): Promise<Result<Session, Refusal>> {
    const planned = await plan(parts, request)
    if (!planned.ok) return planned
    const session = planned.value.record.id
    let message = 'A fault stopped it.'
    try {
      const made = await make(planned.value)
      if (made.ok) return made
      message = made.failure.message
      sessions.keep({ kind: 'session-withdrawn', session, message })
      return made
    } catch (error) {
      sessions.keep({ kind: 'session-withdrawn', session, message })
      throw error
    }
  }

  return {
    start(request) {
      const starting = start(request)
      underWay.add(starting)
      return starting.finally(() => underWay.delete(starting))
    },
    isBusy: () => underWay.size > 0,
    async close() {
      stopped.abort()
      await Promise.allSettled(underWay)
    },
  }
}

/**
 * Takes back what a killed Sluice had half made: folder, branch and row. Where somebody has worked in it already, or its
 * setup left files, it becomes a session like any other, whose Claude Code has not run.
 */
export async function clearHalfMadeSessions(parts: Pick<StartParts, 'git' | 'lane' | 'roster' | 'home'>): Promise<void> {
  const { git, lane, roster } = parts
  const { checkout } = parts.home()
  for (const record of roster.all().filter((one) => !one.prepared)) {
    const { id: session, worktree: path, branch } = record
    const from = parseOid(record.base)
    if (from === null) continue
    const cleared = await lane.run(checkout.path, () => clearHalfMade(git, checkout, { path, branch, from, root: dirname(path) }))
    if (cleared.kind === 'cleared')
      roster.apply({ kind: 'session-withdrawn', session, message: 'Sluice was stopped while it was made.' })
    else roster.apply({ kind: 'session-prepared', session })
  }
}
