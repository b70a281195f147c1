/** The process of one session: starts it, ends it, knows what is left of an earlier one. Knows nothing of prompts and permissions. */

import { createLane } from '../kit/lane.ts'
import { endTree } from '../kit/processes.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Leftover, SessionState } from '../../shared/model/session.ts'
import { checkFree, conversationFor, type Start } from './conversation.ts'
import { leftInHand, wasInHand } from './cut-off.ts'
import type { SessionFact, SessionRecord } from './facts.ts'
import type { Hook, MeterReading } from './ledger.ts'
import { keepLastOutput, LAST_LINES } from './last-output.ts'
import { launchArguments, launchEnvironment } from './launch.ts'
import { createLeftovers, familyNow, MARK, markFor } from './leftovers.ts'
import { createOrphan, type Orphan } from './orphan.ts'
import { ledgerFolder, startRun, type Run, type RunExit } from './run.ts'
import type { LaunchFailure, SessionsParts } from './sessions.ts'
import type { ProcessFacts } from './state.ts'
import { userStatusLine } from './status-line.ts'

export type ProcessListener = {
  /** Something that the state is read from is different now. */
  changed(): void
  hook(hook: Hook): void
  meter(reading: MeterReading): void
  /** `was`: what it was doing, where that was cut off. */
  ended(exit: RunExit & { readonly was?: SessionState }): void
}

export type Process = {
  run(): Run | null
  /** What is known of it while there is no run. */
  facts(): ProcessFacts
  /** What it started and left behind. */
  leftovers(): readonly Leftover[]
  launch(start: Start): Promise<Result<void, LaunchFailure>>
  /** Ends it, also one that outlived an earlier Sluice, and what it left behind. */
  stop(): Promise<void>
  close(): Promise<void>
}

/** Takes the parts of all sessions and one session's record; `keep` keeps a fact of it. */
export async function createProcess(
  parts: SessionsParts & { readonly configDir: string },
  session: { readonly id: string; record(): SessionRecord; keep(fact: SessionFact): void },
  listener: ProcessListener,
): Promise<Process> {
  const { clock, env, dataDir, configDir } = parts
  const { id } = session
  const lane = createLane()
  let run: Run | null = null
  let orphan: Orphan | null = null
  let launching = false
  let closing = false
  /** The mark of the run, and what it was doing when Sluice began to close. */
  let mark: string | null = null
  let atClose: SessionState | null = null
  let keeping: Promise<unknown> = Promise.resolve()
  const leftovers = createLeftovers(id, clock, () => listener.changed())
  const failed = (error: unknown): void => void parts.log.fault(error, { session: id })
  function over(ended: Run, exit: RunExit): void {
    const [begun, last] = [ended.hooksHeard() || ended.facts().hadStatus, session.record().lastState]
    const was = leftInHand(exit, { begun, atClose, last })
    run = null
    mark = null
    // Asked for before anybody can start it again, in the same terminal.
    const text = ended.terminal.lastText(LAST_LINES)
    keeping = text.then((lines) => keepLastOutput(dataDir, id, lines)).catch(failed)
    listener.ended(was === null ? exit : { ...exit, was })
    if (!exit.asked && !closing) lookForLeftovers()
  }

  const lookForLeftovers = (): void => void leftovers.look(() => mark).catch(failed)

  async function begin(start: Start): Promise<Result<void, LaunchFailure>> {
    const claude = await parts.claude()
    if (!claude.ok) return claude
    const { name, permissionMode, model, worktree, research, port } = session.record()
    const conversation = await conversationFor(session.record(), start, configDir)
    const free = await checkFree(name, conversation, configDir)
    if (!free.ok) return free
    const ledger = ledgerFolder(dataDir, id)
    // From its first moment on what it starts is no leftover.
    mark = markFor(id)
    let mine: Run | null = null
    let exited: RunExit | null = null
    const started = await startRun(
      {
        id,
        file: claude.value.path,
        args: launchArguments({
          name,
          permissionMode,
          model: conversation.kind === 'resume' ? null : model,
          research,
          ledger,
          userStatusLine: await userStatusLine(configDir, worktree),
          host: process.pid,
          conversation,
        }),
        cwd: worktree,
        env: { ...launchEnvironment(env, { name, dataDir, port, classic: parts.classicTerminal() }), [MARK]: mark },
        configDir,
        ledger,
        prompted: conversation.prompt !== null,
      },
      parts,
      {
        changed: () => {
          // Before the run is ours, “starting” is all there is to say.
          if (run !== null) listener.changed()
        },
        hook: listener.hook,
        meter: listener.meter,
        ended(exit) {
          if (mine === null) exited = exit
          else over(mine, exit)
        },
      },
    )
    if (!started.ok) {
      mark = null
      return fail('no-claude', started.failure.message)
    }
    const { pid, procStart } = started.value
    session.keep({
      kind: 'session-launched',
      session: id,
      pid,
      procStart,
      claudeSession: conversation.id,
      // Its meter goes on from the other conversation's total, which was counted there.
      resumed: conversation.kind !== 'new',
    })
    mine = started.value
    run = mine
    // It may have ended before it could be called ours.
    if (exited !== null) over(mine, exited)
    return ok(undefined)
  }

  const { lastState } = session.record()
  orphan = await createOrphan(session.record(), clock, (asked) => {
    orphan = null
    const exit = { code: null, signal: 'SIGHUP', asked: true }
    listener.ended(!asked && lastState !== null && wasInHand(lastState) ? { ...exit, was: lastState } : exit)
    if (!asked) lookForLeftovers()
  })
  if (orphan === null && session.record().archive === null) lookForLeftovers()

  /** Its children are asked for before it ends: after that they have other parents. */
  async function end(): Promise<void> {
    const pid = run?.pid ?? orphan?.pid
    const family = pid === undefined ? [] : await familyNow(pid, session.record().procStart)
    const stopped = run?.stop() ?? orphan?.stop()
    if (pid !== undefined) await endTree(pid)
    await stopped
    await leftovers.end(family)
    await keeping
  }

  return {
    run: () => run,
    facts() {
      const { exit } = session.record()
      if (launching) return { kind: 'starting' }
      if (orphan !== null) return { kind: 'orphaned', pid: orphan.pid }
      return exit === null ? { kind: 'none' } : { kind: 'ended', ...exit }
    },
    leftovers: leftovers.list,
    launch(start) {
      if (launching || run !== null || orphan !== null) {
        return Promise.resolve(fail('already-running', `“${session.record().name}” is running already.`))
      }
      // Claimed at once, so that two callers cannot both start it.
      launching = true
      listener.changed()
      return lane.run('process', async () => {
        try {
          return await begin(start)
        } finally {
          launching = false
          listener.changed()
        }
      })
    },
    stop: () => lane.run('process', end),
    async close() {
      closing = true
      await lane.run('process', async () => {
        atClose = session.record().lastState
        orphan?.close()
        orphan = null
        if (run !== null || leftovers.list().length > 0) await end()
        leftovers.close()
        await keeping
      })
    },
  }
}
