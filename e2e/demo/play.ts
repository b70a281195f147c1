/** The demonstration itself: every step is done through the public command and then verified in git. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { execute, git } from './repository.ts'
import { promptOf, SESSIONS } from './sessions.ts'
import type { Answer, Host } from './sluice.ts'

export type Stage = {
  readonly host: Host
  readonly env: Readonly<Record<string, string>>
  readonly repository: string
  /** What the scripted model billed so far, in its own books. */
  requests(): number
  /** Tells a step that really happened. */
  tell(step: Readonly<Record<string, unknown>> & { readonly step: string }): void
  /** Between steps, so that a person can follow. */
  pause(): Promise<void>
}

export type Result = { readonly ok: true; readonly landed: readonly string[]; readonly blocked: readonly string[] }

/** A step did not come out as it must. */
function demand(claim: boolean, otherwise: string): asserts claim {
  if (!claim) throw new Error(otherwise)
}

function value<Value>(what: string, answer: Answer, code = 0): Value {
  demand(answer.code === code, `${what}: exit ${answer.code} instead of ${code}. ${JSON.stringify(answer.json)} ${answer.stderr}`)
  return answer.json as Value
}

const WAIT = ['--timeout', '120'] as const

async function startSessions(stage: Stage): Promise<void> {
  for (const plan of SESSIONS) {
    const own = plan.scope.flatMap((glob) => ['--own', glob])
    const answer = await stage.host.ask('session', 'start', plan.name, '--prompt', promptOf(plan), '--model', 'sonnet', ...own)
    const session = value<Session>(`starting ${plan.name}`, answer)
    const branch = await git(stage.env, session.worktree, 'symbolic-ref', '--short', 'HEAD')
    demand(branch === `sluice/${plan.name}`, `${session.worktree} is on ${branch}`)
    stage.tell({ step: 'session-started', session: plan.name, branch, worktree: session.worktree })
    await stage.pause()
  }
}

/** Waits until Claude Code has done its work, and looks in git that it did. */
async function watchSessions(stage: Stage): Promise<void> {
  for (const { name } of SESSIONS) {
    const session = value<Session>(
      `waiting for ${name}`,
      await stage.host.ask('session', 'wait', name, '--state', 'idle', ...WAIT),
    )
    const shown = value<Session>(`showing ${name}`, await stage.host.ask('session', 'show', name))
    const head = await git(stage.env, session.worktree, 'rev-parse', 'HEAD')
    demand(shown.head === head && shown.ahead === 1 && !shown.dirty, `${name} has not committed: ${JSON.stringify(shown)}`)
    stage.tell({
      step: 'session-finished',
      session: name,
      commit: head,
      insertions: shown.insertions,
      deletions: shown.deletions,
      spentUsd: shown.spentUsd,
    })
  }
}

async function reviewSessions(stage: Stage): Promise<void> {
  for (const { name, scope } of SESSIONS) {
    const diff = value<{ files: { path: string }[] }>(`reading ${name}`, await stage.host.ask('diff', name))
    const paths = diff.files.map((file) => file.path)
    demand(paths.length > 0 && paths.every((path) => scope.includes(path)), `${name} changed ${paths.join(', ')}`)
    const approved = value<Session>(`approving ${name}`, await stage.host.ask('session', 'approve', name))
    demand(approved.approved, `${name} is not approved`)
    stage.tell({ step: 'approved', session: name, commit: approved.head, files: paths })
    await stage.pause()
  }
}

/** The target is exactly what was checked, it holds the session's change, and its own test passes in the user's checkout. */
async function verifyLanding(stage: Stage, entry: Entry): Promise<void> {
  const { env, repository } = stage
  const head = await git(env, repository, 'rev-parse', 'refs/heads/main')
  demand(entry.targetAfter === head, `main is ${head}, not ${entry.targetAfter}`)
  demand(
    (await git(env, repository, 'rev-parse', 'HEAD~1')) === entry.targetBefore,
    'the landing does not stand on the target before it',
  )
  demand((await git(env, repository, 'status', '--porcelain')) === '', 'the checkout of the target is not clean')
  await execute('node', ['--test'], { cwd: repository, env: { ...env } })
}

async function landSessions(stage: Stage): Promise<Result> {
  const [first, second, third] = SESSIONS.map((session) => session.name)
  demand(first !== undefined && second !== undefined && third !== undefined, 'three sessions')
  for (const name of [first, second]) {
    value(`queueing ${name}`, await stage.host.ask('queue', 'add', name))
    const entry = value<Entry>(`landing ${name}`, await stage.host.ask('queue', 'wait', name, ...WAIT))
    demand(entry.phase === 'landed', `${name} is ${entry.phase}`)
    await verifyLanding(stage, entry)
    stage.tell({ step: 'landed', session: name, before: entry.targetBefore, after: entry.targetAfter })
    await stage.pause()
  }
  const cart = await readFile(join(stage.repository, 'src/cart.js'), 'utf8')
  demand(cart.includes('item.quantity ?? 1'), 'the landed change is not in the checkout of the target')

  const before = await git(stage.env, stage.repository, 'rev-parse', 'refs/heads/main')
  value(`queueing ${third}`, await stage.host.ask('queue', 'add', third))
  const blocked = value<Entry>(`waiting for ${third}`, await stage.host.ask('queue', 'wait', third, ...WAIT), 5)
  demand(blocked.phase === 'blocked' && blocked.why === 'conflicts', `${third} is ${blocked.phase} ${blocked.why}`)
  demand(blocked.files?.length === 1 && blocked.files[0] === 'src/cart.js', `conflicts in ${blocked.files?.join(', ')}`)
  demand((await git(stage.env, stage.repository, 'rev-parse', 'refs/heads/main')) === before, 'a blocked entry moved the target')
  const registered = await git(stage.env, stage.repository, 'worktree', 'list', '--porcelain')
  demand(
    registered.split('\n').filter((line) => line.startsWith('worktree ')).length === 1 + SESSIONS.length,
    'a private worktree was left behind',
  )
  stage.tell({ step: 'blocked', session: third, why: blocked.why, files: blocked.files })
  return { ok: true, landed: [first, second], blocked: [third] }
}

/** Plays every step; throws at the first that did not really happen. */
export async function play(stage: Stage): Promise<Result> {
  value('setting the check', await stage.host.ask('config', 'set', 'checks', '["node --test"]'))
  stage.tell({ step: 'configured', checks: ['node --test'] })
  await startSessions(stage)
  await watchSessions(stage)
  demand(stage.requests() > 0, 'the model was never asked')
  await reviewSessions(stage)
  const result = await landSessions(stage)
  const status = value<{ spentUsd: number; sessions: readonly Session[] }>(
    'asking for the status',
    await stage.host.ask('status'),
  )
  demand(status.spentUsd > 0, 'no money was counted')
  stage.tell({
    step: 'cost',
    spentUsd: status.spentUsd,
    sessions: status.sessions.map(({ name, spentUsd }) => ({ name, spentUsd })),
  })
  return result
}
