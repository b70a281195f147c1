/** The sessions of the open repository: starts, follows, stops them. Knows nothing of the queue, the page or money's prices. */

import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Git } from '../git/run.ts'
import type { Checkout } from '../git/checkout.ts'
import type { Oid } from '../git/names.ts'
import { gitDirOf } from '../git/places.ts'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/log.ts'
import { createEmitter } from '../kit/emitter.ts'
import type { Terminals } from '../terminals/terminals.ts'
import type { Config } from '../../shared/model/config.ts'
import { isLive, type Session } from '../../shared/model/session.ts'
import { fail, ok, type Refused, type Result } from '../../shared/result.ts'
import { findClaude } from './claude.ts'
import type { SessionFact, SessionRecord } from './facts.ts'
import type { Hook, MeterReading } from './ledger.ts'
import { launchArguments, launchEnvironment, type Launch } from './launch.ts'
import { createObserver, type Observer } from './observer.ts'
import type { Roster } from './roster.ts'
import { ledgerFolder, startRun, type Run } from './run.ts'
import { sendPrompt, type SendFailure } from './sending.ts'
import { stateOf, type StateAnswer } from './state.ts'
import { userStatusLine } from './status-line.ts'
import { sessionView, workBefore, type Work } from './view.ts'

/** What the sessions need to know of the open repository. */
export type Home = {
  readonly checkout: Checkout
  readonly config: Config
  readonly target: { readonly branch: string; readonly head: Oid } | null
}

export type SessionsParts = {
  readonly git: Git
  readonly terminals: Terminals
  readonly clock: Clock
  readonly log: Log
  readonly roster: Roster
  readonly dataDir: string
  /** What the user's own commands get to see. */
  readonly env: Readonly<Record<string, string>>
  readonly chosenClaude: string | undefined
  home(): Home
  /** Adds a reading to a meter; handed in so that sessions know nothing of money. */
  meter(
    before: { spentUsd: number; lastTotalUsd: number | null },
    totalUsd: number,
  ): { spentUsd: number; lastTotalUsd: number | null }
}

export type LaunchFailure = 'no-claude' | 'claude-too-old' | 'too-many'

export type Sessions = {
  list(): readonly Session[]
  show(name: string): Session | undefined
  record(name: string): SessionRecord | undefined
  /** Asks git anew, then shows. */
  fresh(name: string): Promise<Session | undefined>
  /** Refuses when as many run, or are on their way, as may. */
  roomForOne(onTheirWay?: number): Result<void, 'too-many'>
  claude(): ReturnType<typeof findClaude>
  /** Takes up a session whose worktree exists, and starts Claude Code in it. */
  launch(record: SessionRecord, resume: boolean): Promise<Result<Session, LaunchFailure>>
  send(name: string, text: string): Promise<Result<Session, SendFailure | 'no-session'>>
  stop(name: string): Promise<Result<Session, 'no-session'>>
  keep(fact: SessionFact): void
  /** The target or a worktree changed: ask git again. */
  poke(id?: string): void
  onChange(listener: (session: Session) => void): () => void
  onGone(listener: (id: string) => void): () => void
  close(): Promise<void>
}

type Live = { run: Run | null; observer: Observer; work: Work; answer: StateAnswer; since: string }

/** While a session works, its files change without any event in the git folder. */
const WORKING_LOOK_MS = 2500

export function createSessions(parts: SessionsParts): Sessions {
  const { git, terminals, clock, log, roster, dataDir, env } = parts
  const live = new Map<string, Live>()
  const changes = createEmitter<Session>()
  const gone = createEmitter<string>()
  const prompts = createEmitter<{ id: string; prompt: string }>()
  const configDir = env['CLAUDE_CONFIG_DIR'] ?? join(env['HOME'] ?? homedir(), '.claude')

  function view(record: SessionRecord): Session {
    const mine = live.get(record.id)
    const answer = mine?.answer ?? answerOf(record, null)
    return sessionView(record, answer, mine?.since ?? record.startedAt, mine?.work ?? workBefore(record))
  }

  function answerOf(record: SessionRecord, run: Run | null): StateAnswer {
    if (run !== null) return stateOf(run.facts())
    return stateOf({
      process: record.exit === null ? { kind: 'none' } : { kind: 'ended', ...record.exit },
      status: null,
      hadStatus: false,
      pending: null,
    })
  }

  function tell(id: string): void {
    const record = roster.byId(id)
    if (record !== undefined) changes.emit(view(record))
  }

  function restate(id: string): void {
    const [record, mine] = [roster.byId(id), live.get(id)]
    if (record === undefined || mine === undefined) return
    const answer = answerOf(record, mine.run)
    if (answer.state !== mine.answer.state || answer.waitingFor !== mine.answer.waitingFor) {
      mine.since = clock.now().toISOString()
      mine.answer = answer
      mine.observer.poke()
      if (answer.state === 'working') lookWhileWorking(id)
    }
    tell(id)
  }

  function lookWhileWorking(id: string): void {
    clock.after(WORKING_LOOK_MS, () => {
      const mine = live.get(id)
      if (mine?.answer.state !== 'working') return
      mine.observer.poke()
      lookWhileWorking(id)
    })
  }

  async function adopt(record: SessionRecord): Promise<Live> {
    const known = live.get(record.id)
    if (known !== undefined) return known
    const worktree = (): Checkout => ({ path: record.worktree, trusted: parts.home().checkout.trusted })
    const gitDir = (await gitDirOf(record.worktree))?.own ?? null
    const mine: Live = {
      run: null,
      work: workBefore(record),
      answer: answerOf(record, null),
      since: clock.now().toISOString(),
      observer: createObserver(
        git,
        workBefore(record),
        gitDir,
        () => ({ worktree: worktree(), branch: record.branch, target: parts.home().target?.head ?? null }),
        (work) => {
          mine.work = work
          tell(record.id)
        },
        (error) => log.fault(error, { session: record.id }),
      ),
    }
    live.set(record.id, mine)
    mine.observer.poke()
    return mine
  }

  function hear(id: string, hook: Hook): void {
    const mine = live.get(id)
    if (hook.hook_event_name === 'UserPromptSubmit' && hook.prompt !== undefined) prompts.emit({ id, prompt: hook.prompt })
    mine?.observer.poke()
  }

  function meter(id: string, reading: MeterReading): void {
    const record = roster.byId(id)
    if (record === undefined) return
    const after = parts.meter(record, reading.cost.total_cost_usd)
    const contextPercent = reading.context_window?.used_percentage ?? record.contextPercent
    const model = reading.model?.id ?? null
    if (
      after.spentUsd === record.spentUsd &&
      after.lastTotalUsd === record.lastTotalUsd &&
      contextPercent === record.contextPercent &&
      (model ?? record.model) === record.model
    )
      return
    roster.apply({ kind: 'session-metered', session: id, ...after, contextPercent, model })
    tell(id)
  }

  function followConversation(id: string, run: Run): void {
    const record = roster.byId(id)
    const seen = run.status()?.sessionId
    if (record !== undefined && seen !== undefined && record.claudeSession !== seen) {
      roster.apply({ kind: 'session-conversation-changed', session: id, claudeSession: seen })
    }
  }

  /** The conversation can be gone on with only if Claude Code wrote something of it. */
  async function hasTranscript(conversation: string): Promise<boolean> {
    const projects = join(configDir, 'projects')
    for (const slug of await readdir(projects).catch(() => [])) {
      const found = await stat(join(projects, slug, `${conversation}.jsonl`)).catch(() => null)
      if (found !== null) return true
    }
    return false
  }

  const self: Sessions = {
    list: () => roster.all().map(view),
    show(name) {
      const record = roster.byName(name)
      return record && view(record)
    },
    record: (name) => roster.byName(name),
    async fresh(name) {
      const record = roster.byName(name)
      if (record === undefined) return undefined
      const mine = await adopt(record)
      mine.work = await mine.observer.look()
      return self.show(name)
    },
    roomForOne(onTheirWay = 0) {
      const { maxSessions } = parts.home().config
      const running = self.list().filter((session) => isLive(session.state)).length + onTheirWay
      return running < maxSessions
        ? ok(undefined)
        : fail(
            'too-many',
            `${running} sessions run already, and the limit is ${maxSessions}. Stop one, or raise the limit with “sluice config set maxSessions ${maxSessions + 1}”.`,
          )
    },
    claude: () => findClaude(parts.chosenClaude, env),
    async launch(record, resume) {
      const claude = await self.claude()
      if (!claude.ok) return claude
      const mine = await adopt(record)
      const earlier =
        resume && record.claudeSession !== null && (await hasTranscript(record.claudeSession)) ? record.claudeSession : null
      const conversation: Launch['conversation'] =
        earlier === null ? { kind: 'new', id: crypto.randomUUID(), prompt: record.prompt } : { kind: 'resume', id: earlier }
      const ledger = ledgerFolder(dataDir, record.id)
      const { name, permissionMode, model } = record
      const args = launchArguments({
        name,
        permissionMode,
        model: earlier === null ? model : null,
        ledger,
        userStatusLine: await userStatusLine(configDir),
        conversation,
      })
      mine.answer = { state: 'starting' }
      const run = await startRun(
        {
          id: record.id,
          file: claude.value.path,
          args,
          cwd: record.worktree,
          env: launchEnvironment(env, { name, dataDir }),
          configDir,
          ledger,
          prompted: earlier === null,
        },
        { terminals, clock },
        {
          changed() {
            // Before the run is ours, “starting” is all there is to say.
            if (mine.run === null) return
            followConversation(record.id, mine.run)
            restate(record.id)
          },
          hook: (hook) => hear(record.id, hook),
          meter: (reading) => meter(record.id, reading),
          ended(exit) {
            mine.run = null
            roster.apply({ kind: 'session-exited', session: record.id, ...exit })
            restate(record.id)
          },
        },
      )
      if (!run.ok) {
        restate(record.id)
        return fail('no-claude', run.failure.message)
      }
      mine.run = run.value
      roster.apply({
        kind: 'session-launched',
        session: record.id,
        pid: run.value.pid,
        claudeSession: conversation.id,
        resumed: earlier !== null,
      })
      restate(record.id)
      return ok(view(roster.byId(record.id) ?? record))
    },
    async send(name, text) {
      const record = roster.byName(name)
      if (record === undefined) return noSession(name)
      const run = live.get(record.id)?.run ?? null
      if (run === null) return fail('not-running', `“${name}” is not running. Resume it first, then send the prompt.`)
      const sent = await sendPrompt(name, run, text, (heard) => prompts.on(({ id, prompt }) => id === record.id && heard(prompt)))
      return sent.ok ? ok(view(record)) : sent
    },
    async stop(name) {
      const record = roster.byName(name)
      if (record === undefined) return noSession(name)
      await live.get(record.id)?.run?.stop()
      return ok(view(roster.byId(record.id) ?? record))
    },
    keep(fact) {
      roster.apply(fact)
      if (roster.byId(fact.session) !== undefined) return restate(fact.session)
      live.get(fact.session)?.observer.close()
      live.delete(fact.session)
      gone.emit(fact.session)
    },
    poke(id) {
      for (const [key, mine] of live) if (id === undefined || id === key) mine.observer.poke()
    },
    onChange: (listener) => changes.on(listener),
    onGone: (listener) => gone.on(listener),
    async close() {
      await Promise.all([...live.values()].map((mine) => mine.run?.stop()))
      for (const mine of live.values()) mine.observer.close()
    },
  }

  for (const record of roster.all()) {
    // Its process ended with the Sluice that owned it: a terminal that closes hangs up.
    if (record.pid !== null)
      roster.apply({ kind: 'session-exited', session: record.id, code: null, signal: 'SIGHUP', asked: true })
    void adopt(record).catch((error: unknown) => log.fault(error, { session: record.id }))
  }
  return self
}

/** The sentence for a name that no session has. */
export function noSession(name: string): Refused<'no-session'> {
  return fail('no-session', `There is no session “${name}”. “sluice session list” shows them all.`)
}
