/** One session while Sluice runs: its process, what git says of its worktree, its state. Knows no other session. */

import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Checkout } from '../git/checkout.ts'
import { gitDirOf } from '../git/places.ts'
import { createLane } from '../kit/lane.ts'
import type { Session } from '../../shared/model/session.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { SessionRecord } from './facts.ts'
import type { Hook, MeterReading } from './ledger.ts'
import { launchArguments, launchEnvironment, type Launch } from './launch.ts'
import { createObserver } from './observer.ts'
import { createOrphan, type Orphan } from './orphan.ts'
import { ledgerFolder, startRun, type Run } from './run.ts'
import { sendPrompt, type SendFailure } from './sending.ts'
import type { LaunchFailure, SessionsParts } from './sessions.ts'
import { stateOf, type StateAnswer } from './state.ts'
import { userStatusLine } from './status-line.ts'
import { sessionView, workBefore } from './view.ts'

export type LiveSession = {
  view(): Session
  /** Asks git anew, then shows. */
  fresh(): Promise<Session>
  launch(resume: boolean): Promise<Result<Session, LaunchFailure>>
  /** Ends its process, also one that outlived an earlier Sluice. */
  stop(): Promise<Session>
  send(text: string): Promise<Result<Session, SendFailure>>
  /** The record changed. */
  restate(): void
  /** Something in git may have changed. */
  poke(): void
  close(): Promise<void>
}

/** While a session works, its files change without any event in the git folder. */
const WORKING_LOOK_MS = 2500

/** True when Claude Code wrote something of the conversation: only then can it be gone on with. */
async function hasTranscript(configDir: string, conversation: string): Promise<boolean> {
  const projects = join(configDir, 'projects')
  for (const slug of await readdir(projects).catch(() => [])) {
    if ((await stat(join(projects, slug, `${conversation}.jsonl`)).catch(() => null)) !== null) return true
  }
  return false
}

/** Takes the parts of all sessions and the id of one that the roster knows; `tell` hears each change of its view. */
export async function createLiveSession(
  parts: SessionsParts,
  id: string,
  tell: (session: Session) => void,
): Promise<LiveSession> {
  const { git, clock, log, roster, env, dataDir } = parts
  const configDir = env['CLAUDE_CONFIG_DIR'] ?? join(env['HOME'] ?? homedir(), '.claude')
  const lane = createLane()
  const prompts = new Set<(prompt: string) => void>()
  const known = roster.byId(id)
  if (known === undefined) throw new Error('A session that the roster does not know.')
  let last: SessionRecord = known
  let run: Run | null = null
  let orphan: Orphan | null = null
  let launching = false
  let work = workBefore(last)
  let since = clock.now().toISOString()
  let callOffLook = (): void => undefined
  let answer: StateAnswer = { state: 'unknown' }

  /** The last record stays when the session was withdrawn meanwhile. */
  function record(): SessionRecord {
    const now = roster.byId(id)
    if (now !== undefined) last = now
    return last
  }

  function answerNow(): StateAnswer {
    if (run !== null) return stateOf(run.facts())
    const { prepared, exit } = record()
    const process =
      launching || !prepared
        ? ({ kind: 'starting' } as const)
        : orphan !== null
          ? ({ kind: 'orphaned', pid: orphan.pid } as const)
          : exit === null
            ? ({ kind: 'none' } as const)
            : ({ kind: 'ended', ...exit } as const)
    return stateOf({ process, status: null, hadStatus: false, pending: null, limited: false })
  }

  const view = (): Session => sessionView(record(), answer, since, work)

  function lookWhileWorking(): void {
    callOffLook()
    if (answer.state !== 'working') return
    callOffLook = clock.after(WORKING_LOOK_MS, () => {
      observer.poke()
      lookWhileWorking()
    })
  }

  function restate(): void {
    const now = answerNow()
    if (now.state !== answer.state || now.waitingFor !== answer.waitingFor) {
      since = clock.now().toISOString()
      answer = now
      observer.poke()
      lookWhileWorking()
    }
    tell(view())
  }

  function hear(hook: Hook): void {
    if (hook.hook_event_name === 'UserPromptSubmit' && hook.prompt !== undefined) {
      for (const heard of prompts) heard(hook.prompt)
    }
    observer.poke()
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

  function followConversation(now: Run): void {
    const seen = now.status()?.sessionId
    if (seen === undefined || record().claudeSession === seen) return
    roster.apply({ kind: 'session-conversation-changed', session: id, claudeSession: seen })
  }

  /** A fact that cannot be kept, as on a full disk, must not end the House: it is told, and the process goes on. */
  function safely(work: () => void): void {
    try {
      work()
    } catch (error) {
      log.fault(error, { session: id })
    }
  }

  async function start(resume: boolean): Promise<Result<Session, LaunchFailure>> {
    const claude = await parts.claude()
    if (!claude.ok) return claude
    const { name, permissionMode, model, claudeSession, prompt, worktree } = record()
    const earlier = resume && claudeSession !== null && (await hasTranscript(configDir, claudeSession)) ? claudeSession : null
    const conversation: Launch['conversation'] =
      earlier === null ? { kind: 'new', id: crypto.randomUUID(), prompt } : { kind: 'resume', id: earlier }
    const ledger = ledgerFolder(dataDir, id)
    const started = await startRun(
      {
        id,
        file: claude.value.path,
        args: launchArguments({
          name,
          permissionMode,
          model: earlier === null ? model : null,
          ledger,
          userStatusLine: await userStatusLine(configDir),
          conversation,
        }),
        cwd: worktree,
        env: launchEnvironment(env, { name, dataDir }),
        configDir,
        ledger,
        prompted: earlier === null,
      },
      parts,
      {
        changed: () =>
          safely(() => {
            // Before the run is ours, “starting” is all there is to say.
            if (run === null) return
            followConversation(run)
            restate()
          }),
        hook: hear,
        meter: (reading) => safely(() => meter(reading)),
        ended: (exit) =>
          safely(() => {
            run = null
            roster.apply({ kind: 'session-exited', session: id, ...exit })
            restate()
          }),
      },
    )
    if (!started.ok) return fail('no-claude', started.failure.message)
    const { pid, procStart } = started.value
    roster.apply({
      kind: 'session-launched',
      session: id,
      pid,
      procStart,
      claudeSession: conversation.id,
      resumed: earlier !== null,
    })
    run = started.value
    return ok(view())
  }

  const checkout = (): Checkout => ({ path: last.worktree, trusted: parts.home().checkout.trusted })
  const observer = createObserver(
    git,
    work,
    async () => (await gitDirOf(last.worktree))?.own ?? null,
    () => ({
      repository: parts.home().checkout,
      worktree: checkout(),
      branch: last.branch,
      target: parts.home().target?.head ?? null,
    }),
    (seen) => {
      work = seen
      tell(view())
    },
    (error) => log.fault(error, { session: id }),
  )

  orphan = await createOrphan(last, clock, () => {
    orphan = null
    safely(() => {
      roster.apply({ kind: 'session-exited', session: id, code: null, signal: 'SIGHUP', asked: true })
      restate()
    })
  })
  answer = answerNow()
  if (last.prepared) observer.poke()

  return {
    view,
    async fresh() {
      if (record().prepared) work = await observer.look()
      return view()
    },
    launch(resume) {
      if (launching || run !== null || orphan !== null) {
        return Promise.resolve(fail('already-running', `“${last.name}” is running already.`))
      }
      // Claimed at once, so that two callers cannot both start it.
      launching = true
      restate()
      return lane.run('process', async () => {
        try {
          return await start(resume)
        } finally {
          launching = false
          restate()
        }
      })
    },
    stop: () =>
      lane.run('process', async () => {
        await (run?.stop() ?? orphan?.stop())
        return view()
      }),
    send: (text) =>
      lane.run('keyboard', async () => {
        if (run === null) return fail('not-running', `“${last.name}” is not running. Resume it first, then send the prompt.`)
        const sent = await sendPrompt(last.name, run, text, (heard) => {
          prompts.add(heard)
          return () => prompts.delete(heard)
        })
        return sent.ok ? ok(view()) : sent
      }),
    restate,
    poke: () => observer.poke(),
    async close() {
      callOffLook()
      await lane.run('process', async () => run?.stop())
      orphan?.close()
      await observer.close()
    },
  }
}
