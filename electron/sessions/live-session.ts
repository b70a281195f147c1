/** One session while Sluice runs: its process, its keyboard, what it asks, what git says of its worktree, its state. Knows no other session. */

import type { Checkout } from '../git/checkout.ts'
import { gitDirOf } from '../git/places.ts'
import type { Session } from '../../shared/model/session.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { SessionFact, SessionRecord } from './facts.ts'
import { createKeyboard, type InterruptFailure, type SendOptions } from './keyboard.ts'
import type { Hook, MeterReading } from './ledger.ts'
import { createObserver, type Observer } from './observer.ts'
import { whatIsWrong } from './observing.ts'
import { createPermissions } from './permissions.ts'
import { claudeConfigDir, type Start } from './conversation.ts'
import { createProcess } from './process.ts'
import { ledgerFolder, type Run } from './run.ts'
import type { SendFailure } from './sending.ts'
import type { LaunchFailure, SessionsParts } from './sessions.ts'
import { NO_RUN, stateOf, type ProcessFacts, type StateAnswer } from './state.ts'
import { sessionView, workBefore } from './view.ts'
import { whereaboutsOf } from './worktrees/whereabouts.ts'

export type LiveSession = {
  readonly id: string
  view(): Session
  record(): SessionRecord
  run(): Run | null
  /** Asks git anew, then shows. */
  fresh(): Promise<Session>
  launch(start: Start): Promise<Result<Session, LaunchFailure>>
  /** Ends its process, also one that outlived an earlier Sluice, and what it left behind. */
  stop(): Promise<Session>
  send(text: string, options?: SendOptions): Promise<Result<Session, SendFailure>>
  forgetPrompt(): Session
  interrupt(): Promise<Result<Session, InterruptFailure>>
  answer(permission: string, allow: boolean): Promise<Result<Session, 'answered'>>
  /** True from the making of its worktree to its start: it takes no room yet. */
  isToStart(): boolean
  /** Says that its setup command runs, or no more. */
  settingUp(now: boolean): void
  /** Hears each hook of its Claude Code; gives a way to stop. */
  onHook(listener: (hook: Hook) => void): () => void
  /** The record changed. */
  restate(): void
  /** Something in git may have changed. */
  poke(): void
  /** What is seen of its files while its review is on show. */
  readonly files: Pick<Observer, 'show' | 'hide' | 'version' | 'trouble' | 'base'>
  close(): Promise<void>
}

/** While a session works, its files change without any event in the git folder. */
const WORKING_LOOK_MS = 2500

/** Takes the parts of all sessions and the id of one that the roster knows; `tell` hears each change of its view. */
export async function createLiveSession(
  parts: SessionsParts,
  id: string,
  tell: (session: Session) => void,
): Promise<LiveSession> {
  const { git, clock, log, roster, env, dataDir } = parts
  const configDir = claudeConfigDir(env)
  const hooks = new Set<(hook: Hook) => void>()
  const known = roster.byId(id)
  if (known === undefined) throw new Error('A session that the roster does not know.')
  let last: SessionRecord = known
  let work = workBefore(last)
  let since = last.lastSince ?? clock.now().toISOString()
  let callOffLook = (): void => undefined
  let answer: StateAnswer = { state: 'unknown' }
  let settingUp = false
  let ready = false
  let wasObserved = false
  let made = last.prepared
  let toStart = false

  /** The last record stays when the session was withdrawn meanwhile. */
  function record(): SessionRecord {
    const now = roster.byId(id)
    if (now !== undefined) last = now
    return last
  }

  /** A fact that cannot be kept, as on a full disk, must not end the House: it is told, and the process goes on. */
  function safely(work: () => void): void {
    try {
      work()
    } catch (error) {
      log.fault(error, { session: id })
    }
  }

  const keep = (fact: SessionFact): void => safely(() => roster.apply(fact))
  const own = { id, record, keep }

  function processFacts(): ProcessFacts {
    const { prepared, setupFailure } = record()
    const facts = process.facts()
    if (settingUp || (toStart && facts.kind === 'none')) return { kind: 'starting' }
    return !prepared && setupFailure === null && facts.kind !== 'orphaned' ? { kind: 'starting' } : facts
  }

  function answerNow(): StateAnswer {
    const run = process.run()
    const facts = run !== null ? run.facts() : { ...NO_RUN, process: processFacts() }
    return stateOf({ ...facts, held: permissions.holds() }, record())
  }

  const view = (): Session =>
    sessionView(record(), permissions.named(answer), since, work, {
      place: process.run() === null && process.facts().kind !== 'starting' ? parts.placeInLine(id) : null,
      permission: permissions.asked(),
      questions: permissions.questions(),
      unsent: keyboard.unsent(),
      leftovers: process.leftovers(),
      settingUp,
      ...process.run()?.extras(),
    })

  function lookWhileWorking(): void {
    callOffLook()
    if (answer.state !== 'working') return
    callOffLook = clock.after(WORKING_LOOK_MS, () => {
      observer.stir()
      lookWhileWorking()
    })
  }

  function restate(): void {
    if (!ready) return
    const { prepared, imported, linedUp } = record()
    if (prepared && !made) toStart = !imported
    if (linedUp !== null) toStart = false
    made = prepared
    if (observed() !== wasObserved) {
      wasObserved = !wasObserved
      observer.poke()
    }
    const now = answerNow()
    // What it was from its first moment on is to be known to the next Sluice, too.
    const untold = record().lastState === null
    if (untold || now.state !== answer.state || now.waitingFor !== answer.waitingFor) {
      // Whose work was waited for when its process ended is waited for still.
      if (answer.state !== 'idle' || now.state !== 'exited') since = clock.now().toISOString()
      answer = now
      const { state, waitingFor } = now
      keep({ kind: 'session-state', session: id, state, since, ...(waitingFor === undefined ? {} : { waitingFor }) })
      observer.poke()
      lookWhileWorking()
    }
    permissions.settle(now, process.run()?.status() ?? null)
    keyboard.changed()
    tell(view())
  }

  function hear(hook: Hook): void {
    keyboard.hear(hook)
    permissions.hear(hook)
    for (const heard of hooks) heard(hook)
    followConversation(hook)
    observer.stir()
    restate()
  }

  function meter(reading: MeterReading): void {
    const before = record()
    const after = parts.meter(before, reading.cost.total_cost_usd)
    const contextPercent = reading.context_window?.used_percentage ?? before.contextPercent
    const model = reading.model?.id ?? before.model
    const same = after.spentUsd === before.spentUsd && after.lastTotalUsd === before.lastTotalUsd
    if (same && contextPercent === before.contextPercent && model === before.model) return
    roster.apply({ kind: 'session-metered', session: id, ...after, contextPercent, model })
    tell(view())
  }

  /** The status file tells its id; where there is none, the hook of its beginning does. */
  function followConversation(hook?: Hook): void {
    const status = process.run()?.status()
    const seen = status?.sessionId ?? (hook?.hook_event_name === 'SessionStart' && status === null ? hook.session_id : undefined)
    if (seen === undefined || record().claudeSession === seen) return
    keep({ kind: 'session-conversation-changed', session: id, claudeSession: seen })
  }

  /** Where there is a worktree of its own to look at. */
  const observed = (): boolean => record().prepared && !record().research && record().archive === null

  /** Claude Code makes the folder again for the first file that it writes, and nothing in it would be the session's work. */
  async function inPlace(): Promise<Result<void, 'worktree-missing'>> {
    if (!observed()) return ok(undefined)
    const { worktree: path, branch, name } = last
    const where = await whereaboutsOf(parts.home().checkout, path, branch)
    if (where.kind === 'there') return ok(undefined)
    const { problem = '', repair } = whatIsWrong(where, { path, branch, now: null })
    const words = repair === undefined && where.kind === 'gone' ? '' : ` “sluice session repair ${name}” does that.`
    observer.poke()
    return fail('worktree-missing', `${problem}${words}`)
  }

  const showAgain = (): void => (ready ? tell(view()) : undefined)
  const ledger = ledgerFolder(dataDir, id)
  const permissions = createPermissions({ ...own, ledger, clock, tell: () => safely(restate) })
  const keyboard = createKeyboard({
    ...own,
    clock,
    configDir,
    run: () => process.run(),
    place: () => parts.placeInLine(id),
    inPlace,
    folder: ledger,
    tell: showAgain,
    failed: (error) => log.fault(error, { session: id }),
  })
  const process = await createProcess({ ...parts, configDir }, own, {
    changed: () =>
      safely(() => {
        followConversation()
        restate()
      }),
    hook: (hook) => safely(() => hear(hook)),
    meter: (reading) => safely(() => meter(reading)),
    ended(exit) {
      keep({ kind: 'session-exited', session: id, ...exit })
      safely(restate)
    },
  })

  const checkout = (): Checkout => ({ path: last.worktree, trusted: parts.home().checkout.trusted })
  const observer = createObserver(
    git,
    work,
    async () => (await gitDirOf(last.worktree))?.own ?? null,
    () =>
      observed()
        ? {
            repository: parts.home().checkout,
            worktree: checkout(),
            branch: last.branch,
            target: parts.home().target?.head ?? null,
          }
        : null,
    (seen) => {
      work = seen
      tell(view())
    },
    (error) => log.fault(error, { session: id }),
  )
  ready = true
  answer = answerNow()
  wasObserved = observed()
  if (wasObserved) observer.poke()

  const shown = async <F extends string>(done: Promise<Result<void, F>>): Promise<Result<Session, F>> => {
    const result = await done
    return result.ok ? ok(view()) : result
  }

  return {
    id,
    view,
    record,
    run: () => process.run(),
    async fresh() {
      if (observed()) work = await observer.look()
      return view()
    },
    async launch(start) {
      toStart = false
      const launched = await shown(process.launch(start))
      const run = process.run()
      if (run !== null) keyboard.follow(run)
      run?.terminal.onInput(permissions.typed)
      return launched
    },
    async stop() {
      toStart = false
      if (record().linedUp !== null) keep({ kind: 'session-left-line', session: id })
      restate()
      await process.stop()
      return view()
    },
    send: (text, options) => shown(keyboard.send(text, options)),
    forgetPrompt() {
      keyboard.forget()
      return view()
    },
    interrupt: () => shown(keyboard.interrupt()),
    answer: (permission, allow) => shown(permissions.answer(permission, allow)),
    isToStart: () => toStart,
    settingUp(now) {
      settingUp = now
      restate()
    },
    onHook(listener) {
      hooks.add(listener)
      return () => hooks.delete(listener)
    },
    restate,
    poke() {
      if (observed()) observer.poke()
    },
    files: observer,
    async close() {
      callOffLook()
      await process.close()
      await keyboard.close()
      await observer.close()
    },
  }
}
