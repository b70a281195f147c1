/** From a request to a running session: name, base, scope, worktree, row, Claude Code. What fails half way leaves nothing behind. */

import { join } from 'node:path'
import type { FailureCode, StartRequest } from '../../shared/contract.ts'
import { parseName, suggestName } from '../../shared/model/names.ts'
import type { Session } from '../../shared/model/session.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Oid } from '../git/names.ts'
import { resolveCommit } from '../git/refs.ts'
import type { Git } from '../git/run.ts'
import type { Clock } from '../kit/clock.ts'
import type { Lane } from '../kit/lane.ts'
import { createWorktree, undoWorktree, type Creation } from './creation.ts'
import type { Roster } from './roster.ts'
import type { Home, Sessions } from './sessions.ts'
import { branchOf } from './view.ts'

export type StartParts = {
  readonly git: Git
  readonly lane: Lane
  readonly clock: Clock
  readonly roster: Roster
  readonly sessions: Sessions
  readonly env: Readonly<Record<string, string>>
  home(): Home
}

type Refusal = FailureCode<'session.start'>

/** Takes globs as typed; gives them trimmed, or says which one cannot mean a path of the repository. */
export function parseScope(globs: readonly string[]): Result<readonly string[], 'bad-scope'> {
  for (const glob of globs) {
    const inside =
      glob.trim() !== '' && !glob.startsWith('/') && !/^[A-Za-z]:/u.test(glob) && !glob.split(/[\\/]/u).includes('..')
    if (!inside)
      return fail('bad-scope', `“${glob}” cannot be a scope: give a path or pattern inside the repository, such as src/api/**.`)
  }
  return ok(globs.map((glob) => glob.trim()))
}

function nameFor(request: StartRequest, taken: readonly string[]): Result<string, 'bad-name' | 'name-taken'> {
  if (request.name === undefined) return ok(suggestName(request.prompt, taken))
  const name = parseName(request.name)
  if (!name.ok) return name
  // Folders of the same name but for the case are one folder on macOS and Windows.
  const twin = taken.find((other) => other.toLowerCase() === name.value.toLowerCase())
  return twin === undefined ? name : fail('name-taken', `There is a session “${twin}” already. Choose another name.`)
}

async function baseFor(parts: StartParts, from: string | undefined): Promise<Result<Oid, 'no-target' | 'bad-ref'>> {
  const { checkout, target } = parts.home()
  if (from !== undefined) {
    const commit = await resolveCommit(parts.git, checkout, from)
    return commit === null ? fail('bad-ref', `“${from}” is no branch, tag or commit of this repository.`) : ok(commit)
  }
  return target === null
    ? fail('no-target', 'There is no target branch to start from. Choose one in the settings, or name a base with --from.')
    : ok(target.head)
}

/** Gives the way to start sessions. Several may be on their way at once: a name and a place are held from the first moment. */
export function createStarter(parts: StartParts): (request: StartRequest) => Promise<Result<Session, Refusal>> {
  const held = new Set<string>()
  return async (request) => {
    const { roster, sessions } = parts
    if (!parts.home().checkout.trusted) {
      return fail(
        'untrusted',
        'This repository is not trusted yet, so nothing of it may run. Trust it in the window, or start Sluice with --trust.',
      )
    }
    const name = nameFor(request, [...roster.all().map((record) => record.name), ...held])
    if (!name.ok) return name
    const scope = parseScope(request.scope ?? [])
    if (!scope.ok) return scope
    const room = sessions.roomForOne(held.size)
    if (!room.ok) return room
    held.add(name.value)
    try {
      return await startNamed(parts, request, name.value, scope.value)
    } finally {
      held.delete(name.value)
    }
  }
}

async function startNamed(
  parts: StartParts,
  request: StartRequest,
  name: string,
  scope: readonly string[],
): Promise<Result<Session, Refusal>> {
  const { git, lane, roster, sessions } = parts
  const { checkout, config } = parts.home()
  const from = await baseFor(parts, request.from)
  if (!from.ok) return from
  const claude = await sessions.claude()
  if (!claude.ok) return claude

  const creation: Creation = {
    repository: checkout,
    name,
    branch: branchOf(name),
    root: config.worktrees ?? `${checkout.path}.worktrees`,
    from: from.value,
    setup: config.setup,
    env: parts.env,
  }
  const created = await createWorktree(git, lane, creation, new AbortController().signal)
  if (!created.ok) return created

  const id = crypto.randomUUID()
  roster.apply({
    kind: 'session-started',
    session: id,
    repository: roster.repository,
    name,
    branch: creation.branch,
    worktree: created.value,
    order: roster.nextOrder(),
    prompt: request.prompt,
    model: request.model ?? config.model,
    permissionMode: request.permissionMode ?? config.permissionMode,
    scope,
    base: from.value,
    startedAt: parts.clock.now().toISOString(),
  })
  const record = roster.byId(id)
  if (record === undefined) throw new Error('A session that was just kept is not there.')
  const launched = await sessions.launch(record, false)
  if (launched.ok) return launched
  sessions.keep({ kind: 'session-withdrawn', session: id, message: launched.failure.message })
  await undoWorktree(git, lane, creation, join(creation.root, creation.name))
  return launched
}
