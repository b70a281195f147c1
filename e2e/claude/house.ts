/** A House with the real Claude Code and a scripted model, for tests that live with sessions: their states as a page hears them, and their keys. */

import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryCarrier } from '../../electron/bridge/memory.ts'
import { compose, type RunningHouse } from '../../electron/compose.ts'
import { createLog } from '../../electron/kit/log.ts'
import { createClient, type Client } from '../../shared/client.ts'
import type { CallName, Params } from '../../shared/contract.ts'
import { encodeFrame } from '../../shared/frames.ts'
import type { Event } from '../../shared/model/event.ts'
import type { PermissionMode, Session } from '../../shared/model/session.ts'
import { git } from '../demo/repository.ts'
import { CLAUDE, makeClaudeHome, scrub, type ClaudeHome } from '../model/claude-home.ts'
import { startLimits } from '../model/limits.ts'
import { startModel, type Model } from '../model/server.ts'
import { script, type Step } from '../model/scripts.ts'
import { until } from '../model/testing.ts'

export type Life = {
  readonly id: string
  readonly session: Session
  now(): Session
  /** Every state that it was seen in, in order, without repetitions. */
  states(): readonly string[]
  /** Waits for a view of it, from the one it has now on. */
  when(wanted: (session: Session) => boolean): Promise<Session>
  becomes(state: Session['state']): Promise<Session>
  type(keys: string): void
  events(): readonly Event[]
}

type More = { readonly research?: boolean }

export type ClaudeHouse = {
  readonly folder: string
  readonly repository: string
  readonly home: ClaudeHome
  readonly model: Model
  readonly client: Client
  readonly logged: readonly string[]
  start(name: string, steps: readonly Step[] | string, permissionMode?: PermissionMode, more?: More): Promise<Life>
  call<N extends CallName>(name: N, params: Params<N>): Promise<unknown>
  /** Throws when a fault was logged. */
  close(): Promise<void>
}

export type ClaudeHousePlan = {
  /** What `<config>/settings.json` of the user says. */
  readonly settings?: object
  /** Whether Claude Code trusts the repository. */
  readonly trusted?: boolean
  readonly env?: Readonly<Record<string, string>>
  /** The user is a subscriber whose five hours are used up until then. */
  readonly usedUpUntil?: Date
}

/** Rejected requests are tried again this often: enough for two, and soon over. */
const RETRIES = { CLAUDE_CODE_MAX_RETRIES: '3' }

/** A subscriber’s word instead of a key: the status line then tells the limits. It opens nothing. */
const SUBSCRIBED = { ANTHROPIC_API_KEY: '', CLAUDE_CODE_OAUTH_TOKEN: 'sk-ant-oat01-scripted-model-only' }

/** Generous: it is reached on a machine that does much else, too. */
const WITHIN_MS = 100_000

export async function openClaudeHouse(plan: ClaudeHousePlan = {}): Promise<ClaudeHouse> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-claude-')))
  const repository = join(folder, 'shop')
  const model = await startModel()
  const limits = plan.usedUpUntil === undefined ? null : await startLimits(model.url, plan.usedUpUntil)
  await git(scrub(process.env), folder, 'init', '--quiet', '--initial-branch=main', repository)
  const home = await makeClaudeHome({
    folder,
    model: limits?.url ?? model.url,
    repositories: plan.trusted === false ? [] : [repository],
    env: { SHELL: '/bin/sh', ...RETRIES, ...(limits === null ? {} : SUBSCRIBED), ...plan.env },
  })
  if (plan.settings !== undefined) await writeFile(join(home.config, 'settings.json'), JSON.stringify(plan.settings))
  await writeFile(join(repository, 'README.md'), '# Shop\n')
  await git(home.env, repository, 'add', '--all')
  await git(home.env, repository, 'commit', '--quiet', '--message=First')

  const logged: string[] = []
  const composed = await compose({
    dataDir: join(folder, 'data'),
    env: home.env,
    claude: CLAUDE,
    version: 'test',
    log: createLog({ write: (line) => logged.push(line) }, () => new Date()),
    screensWorker: new URL('../../electron/terminals/screens-worker.ts', import.meta.url),
  })
  if (!composed.ok) throw new Error(composed.failure.message)
  const house: RunningHouse = composed.value
  const opened = await house.open(repository)
  if (!opened.ok) throw new Error(opened.failure.message)
  house.trust()

  const carrier = createMemoryCarrier(house)
  const client = createClient(carrier)
  const views = new Map<string, Session[]>()
  const events: Event[] = []
  carrier.listen({
    changes({ changes }) {
      for (const change of changes) {
        if (change.kind === 'session') views.set(change.session.id, [...(views.get(change.session.id) ?? []), change.session])
        if (change.kind === 'event') events.push(change.event)
      }
    },
    frame: () => undefined,
    status: () => undefined,
  })
  const call = async <N extends CallName>(name: N, params: Params<N>): Promise<unknown> => {
    const answer = await client.call(name, params)
    if (!answer.ok) throw new Error(answer.failure.message)
    return answer.value
  }
  await call('hello', {})
  await call('config.set', { key: 'maxSessions', value: 16 })

  async function start(
    name: string,
    steps: readonly Step[] | string,
    permissionMode: PermissionMode = 'manual',
    more: More = {},
  ): Promise<Life> {
    const prompt = typeof steps === 'string' ? steps : script(steps)
    const answer = await client.call('session.start', { name, prompt, permissionMode, model: 'sonnet', ...more })
    if (!answer.ok) throw new Error(answer.failure.message)
    const session = answer.value
    const { id } = session
    const seen = (): readonly Session[] => views.get(id) ?? []
    const now = (): Session => seen().at(-1) ?? session
    const states = (): readonly string[] => seen().flatMap(({ state }, at) => (seen()[at - 1]?.state === state ? [] : [state]))
    const when = async (wanted: (session: Session) => boolean): Promise<Session> => {
      const from = Math.max(0, seen().length - 1)
      try {
        const found = await until(
          () => seen().slice(from).find(wanted) ?? null,
          (one) => one !== null,
          WITHIN_MS,
        )
        return found ?? session
      } catch {
        throw new Error(`${name} did not come to that. It was ${states().join(', ')}; now: ${JSON.stringify(now())}`)
      }
    }
    carrier.post(encodeFrame({ kind: 'attach', terminal: id, cols: 120, rows: 36 }))
    return {
      id,
      session,
      now,
      states,
      when,
      becomes: (state) => when((one) => one.state === state),
      type: (keys) => carrier.post(encodeFrame({ kind: 'input', terminal: id, bytes: new TextEncoder().encode(keys) })),
      events: () => events.filter((event) => event.session === id),
    }
  }

  return {
    folder,
    repository,
    home,
    model,
    client,
    logged,
    start,
    call,
    async close() {
      carrier.close()
      await house.close()
      limits?.close()
      await model.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
      const faults = logged.filter((line) => line.includes('"level":"fault"'))
      if (faults.length > 0) throw new Error(faults.join('\n'))
    },
  }
}
