/** From a request to a running session: name, base, scope, worktree, row, Claude Code. What fails half way leaves nothing behind. */

import { dirname, join } from 'node:path'
import type { FailureCode, StartRequest } from '../../shared/contract.ts'
import type { Session } from '../../shared/model/session.ts'
import { fail, ok, type Refused, type Result } from '../../shared/result.ts'
import { clearHalfMade } from '../git/half-made.ts'
import { type Oid, parseOid } from '../git/names.ts'
import { branchHead, resolveCommit } from '../git/refs.ts'
import type { Git } from '../git/run.ts'
import type { Clock } from '../kit/clock.ts'
import { diskRefusal } from '../kit/disk-refusal.ts'
import type { Lane } from '../kit/lane.ts'
import { createWorktree, undoWorktree, type CopyInto, type Creation } from './creation.ts'
import type { SessionRecord } from './facts.ts'
import type { Lineup } from './lineup.ts'
import { forkName } from './forking.ts'
import { nameForNew, takenNames } from './naming.ts'
import { claudeConfigDir } from './conversation.ts'
import type { Roster } from './roster.ts'
import type { Home, Sessions, SessionsParts } from './sessions.ts'
import { transcriptOf } from './transcript.ts'
import { branchOf } from './view.ts'
import type { Ports } from './worktrees/ports.ts'
import type { Setups } from './worktrees/setups.ts'

export type StartParts = Pick<SessionsParts, 'claude'> & {
  readonly lineup: Lineup
  readonly git: Git
  readonly lane: Lane
  readonly clock: Clock
  readonly roster: Roster
  readonly sessions: Sessions
  readonly copyInto: CopyInto
  readonly setups: Pick<Setups, 'run'>
  readonly ports: Ports
  /** Claims the worktree that is kept ready, where there is one that fits. */
  readonly claimWarm: Creation['claimWarm']
  readonly env: Readonly<Record<string, string>>
  /** The user's own choice where neither the request nor the repository says one; null: Claude Code's. */
  usualModel(): string | null
  home(): Home
}

type Refusal = Exclude<FailureCode<'session.start'>, 'changed'>
/** How often the row of a session that came to nothing is taken back, where the disk is full. */
const RETRY_MS = 20_000

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

/** What a fork begins with: the session, its conversation, and the commit that it is at. */
type Origin = { readonly of: SessionRecord; readonly conversation: string; readonly head: Oid }

/** What a research session cannot have; null when nothing of it was asked for. */
function tooMuchForResearch({ research, from, scope }: Request): Refused<'bad-ref' | 'bad-scope'> | null {
  if (research !== true) return null
  if (from !== undefined)
    return fail('bad-ref', 'A research session reads the main checkout as it is, so it takes no base. Leave the base out.')
  if (scope !== undefined && scope.length > 0)
    return fail('bad-scope', 'A research session changes no files, so it owns none. Leave the scope out.')
  return null
}

type Request = Omit<StartRequest, 'repository'>

/** Everything that can be refused before anything is made. From the last check to the row there is no await: two callers cannot both pass. */
async function plan(parts: StartParts, request: Request, origin?: Origin): Promise<Result<Planned, Refusal>> {
  const { roster, sessions } = parts
  const { checkout, config } = parts.home()
  if (!checkout.trusted) {
    const message =
      'This repository is not trusted yet, so nothing of it may run. Trust it in the window, or start Sluice with --trust.'
    return fail('untrusted', message)
  }
  const scope = parseScope(request.scope ?? [])
  if (!scope.ok) return scope
  const refused = tooMuchForResearch(request)
  if (refused !== null) return refused
  const typed = nameForNew([], request, sessions.runs)
  if (!typed.ok) return typed
  const research = request.research === true
  const from = origin === undefined || research ? await baseFor(parts, request.from) : ok(origin.head)
  if (!from.ok) return from
  const claude = await parts.claude()
  if (!claude.ok) return claude
  const port = await parts.ports.take()

  const suggested = origin === undefined ? undefined : forkName(origin.of.name, takenNames(roster.all()))
  const name = nameForNew(roster.all(), { ...request, name: request.name ?? suggested }, sessions.runs)
  if (!name.ok) return name
  const root = config.worktrees ?? `${checkout.path}.worktrees`
  const { target } = parts.home()
  const branch = research && target !== null ? target.branch : branchOf(name.value)
  const id = crypto.randomUUID()
  roster.apply({
    kind: 'session-started',
    session: id,
    repository: roster.repository,
    name: name.value,
    branch,
    worktree: research ? checkout.path : join(root, name.value),
    order: roster.nextOrder(),
    prompt: request.prompt,
    model: request.model ?? config.model ?? parts.usualModel(),
    permissionMode: research ? 'plan' : (request.permissionMode ?? config.permissionMode),
    scope: scope.value,
    base: from.value,
    startedAt: parts.clock.now().toISOString(),
    research,
    forkedFrom: origin?.of.id ?? null,
    ...(origin === undefined ? {} : { forkOf: origin.conversation }),
    budgetUsd: request.budgetUsd ?? config.budgetUsd,
    port,
    imported: false,
  })
  const record = roster.byId(id)
  if (record === undefined) throw new Error('A session that was just kept is not there.')
  const { copyInto, claimWarm } = parts
  const creation = {
    repository: checkout,
    name: name.value,
    branch,
    root,
    from: from.value,
    copyInto,
    claimWarm,
  }
  return ok({ record, creation })
}

export type ForkRequest = {
  readonly to?: string | undefined
  readonly research?: boolean | undefined
  readonly prompt?: string | undefined
}

export type Starter = {
  start(request: StartRequest): Promise<Result<Session, Refusal>>
  /** A new session that begins with a copy of the conversation of that one. */
  fork(of: SessionRecord, request: ForkRequest): Promise<Result<Session, FailureCode<'session.fork'>>>
  /** True while a session is on its way. */
  isBusy(): boolean
  /** Calls off what is on its way; resolves when nothing of it is left. */
  close(): Promise<void>
}

/** Gives the way to start sessions; several may be on their way at once. */
export function createStarter(parts: StartParts): Starter {
  const { git, lane, sessions, clock } = parts
  const underWay = new Set<Promise<unknown>>()
  const unkept = new Map<string, string>()
  let callOff: (() => void) | null = null
  const stopped = new AbortController()

  /** The row of a session that came to nothing goes; on a disk that is full, as soon as there is room. */
  function takeBack(session: string, message: string): void {
    try {
      sessions.keep({ kind: 'session-withdrawn', session, message })
      unkept.delete(session)
    } catch (error) {
      if (diskRefusal(error) === null) throw error
      unkept.set(session, message)
      callOff ??= clock.after(RETRY_MS, takeAllBack)
    }
  }

  function takeAllBack(): void {
    callOff?.()
    callOff = null
    for (const [session, message] of unkept) takeBack(session, message)
  }

  /** Brings a planned session to life. What fails before its setup leaves nothing; one whose setup fails is kept, to be tried again. */
  async function make({ record, creation }: Planned): Promise<Result<Session, Refusal>> {
    const { id: session, worktree } = record
    let message = 'A fault stopped it.'
    let created = false
    async function withdraw(): Promise<void> {
      if (created) await undoWorktree(git, lane, creation, worktree)
      takeBack(session, message)
    }
    try {
      const live = await sessions.add(session)
      const made = await createWorktree(git, lane, creation, stopped.signal)
      if (!made.ok) {
        message = made.failure.message
        await withdraw()
        return made
      }
      created = true
      const ready = await parts.setups.run(live)
      if (!ready.ok) return fail('setup-failed', ready.failure.message)
      const launched = await parts.lineup.launch(live, { kind: 'new' })
      if (launched.ok) return launched
      message = launched.failure.message
      await withdraw()
      const { code } = launched.failure
      return fail(code === 'already-running' || code === 'in-use' ? 'git-failed' : code, message)
    } catch (error) {
      await withdraw()
      throw error
    }
  }

  /** The same for one without a worktree of its own. */
  async function makeResearch({ id: session }: SessionRecord): Promise<Result<Session, Refusal>> {
    let message = 'A fault stopped it.'
    const withdraw = (): void => takeBack(session, message)
    try {
      const launched = await parts.lineup.launch(await sessions.add(session), { kind: 'new' })
      if (launched.ok) return launched
      ;({ message } = launched.failure)
      withdraw()
      const { code } = launched.failure
      return fail(code === 'already-running' || code === 'in-use' ? 'git-failed' : code, message)
    } catch (error) {
      withdraw()
      throw error
    }
  }

  async function start(request: Request, origin?: Origin): Promise<Result<Session, Refusal>> {
    takeAllBack()
    const planned = await plan(parts, request, origin)
    if (!planned.ok) return planned
    return planned.value.record.research ? makeResearch(planned.value.record) : make(planned.value)
  }

  async function fork(of: SessionRecord, { to, research, prompt }: ForkRequest): ReturnType<Starter['fork']> {
    const conversation = of.claudeSession
    if (conversation === null || (await transcriptOf(claudeConfigDir(parts.env), conversation)) === null)
      return fail('no-conversation', `“${of.name}” has no conversation yet that could be copied. Give it a prompt first.`)
    const seen = await sessions.byId(of.id)?.fresh()
    const head = parseOid(seen?.head ?? of.base)
    if (head === null) throw new Error('A session is at no commit.')
    const request: Request = {
      name: to,
      prompt: prompt ?? '',
      model: of.model ?? undefined,
      // One that only reads is no example for one that works.
      permissionMode: of.research ? undefined : of.permissionMode,
      research,
      budgetUsd: of.budgetUsd ?? undefined,
    }
    return start(request, { of, conversation, head })
  }

  function follow<Value>(work: Promise<Value>): Promise<Value> {
    underWay.add(work)
    return work.finally(() => underWay.delete(work))
  }

  return {
    start: (request) => follow(start(request)),
    fork: (of, request) => follow(fork(of, request)),
    isBusy: () => underWay.size > 0,
    async close() {
      stopped.abort()
      await Promise.allSettled(underWay)
      callOff?.()
    },
  }
}

/** Its worktree was made and Sluice was killed before its Claude Code was started: it still is to begin as it was asked to. Pure. */
export function wasAboutToRun(record: SessionRecord): boolean {
  const { prepared, imported, lastState, claudeSession, exit, linedUp, setupFailure, paused, intent, archive } = record
  const begun = claudeSession !== null || exit !== null || paused || (lastState !== null && lastState !== 'starting')
  const elsewhere = linedUp !== null || setupFailure !== null || intent !== null || archive !== null
  return prepared && !imported && !begun && !elsewhere
}

const SETUP_CUT_OFF = 'Sluice was ended while its worktree was set up. Resume the session to run the setup again.'

/**
 * Takes back what a killed Sluice had half made: folder, branch and row. Where somebody has worked in it already, or its
 * setup left files, it is kept as one whose setup did not finish.
 */
export async function clearHalfMadeSessions(parts: Pick<StartParts, 'git' | 'lane' | 'roster' | 'home'>): Promise<void> {
  const { git, lane, roster } = parts
  const { checkout } = parts.home()
  for (const record of roster.all().filter((one) => !one.prepared && one.setupFailure === null)) {
    const { id: session, worktree: path, branch } = record
    // A worktree of the user's: nothing of it was made.
    if (record.imported || record.research) {
      roster.apply({ kind: 'session-prepared', session })
      continue
    }
    const from = parseOid(record.base)
    if (from === null) continue
    const cleared = await lane.run(checkout.path, () => clearHalfMade(git, checkout, { path, branch, from, root: dirname(path) }))
    if (cleared.kind === 'cleared')
      roster.apply({ kind: 'session-withdrawn', session, message: 'Sluice was stopped while it was made.' })
    else roster.apply({ kind: 'session-setup-failed', session, message: SETUP_CUT_OFF })
  }
  for (const { id: session } of roster.all().filter(wasAboutToRun))
    roster.apply({ kind: 'session-lined-up', session, fresh: true, prompt: null })
}
