/** Pausing: the session writes its note, Sluice adds what it knows, the process ends. Resuming starts from that file. */

import { join } from 'node:path'
import type { FailureCode } from '../../../shared/contract.ts'
import { HANDOFF_FILE, withoutHandoff } from '../../../shared/model/handoff.ts'
import type { Entry } from '../../../shared/model/queue.ts'
import type { Session } from '../../../shared/model/session.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Checkout } from '../../git/checkout.ts'
import type { Git } from '../../git/run.ts'
import { status as statusOf } from '../../git/status.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Log } from '../../kit/log.ts'
import type { LiveSession } from '../live-session.ts'
import { claudeConfigDir, type Start } from '../conversation.ts'
import type { Roster } from '../roster.ts'
import { ledgerFolder } from '../run.ts'
import type { Home, Sessions } from '../sessions.ts'
import { transcriptOf } from '../transcript.ts'
import { ASK_FOR_NOTE, resumePrompt, withFacts } from './note.ts'
import { noteIsTracked, noteMark, noteObstacle, notePath, readNote, writeNote } from './note-file.ts'
import { turnToEnd } from './turn.ts'

export type PauserParts = {
  readonly git: Git
  readonly clock: Clock
  readonly log: Log
  readonly roster: Roster
  readonly sessions: Sessions
  readonly dataDir: string
  readonly env: Readonly<Record<string, string>>
  home(): Home
  /** Its place in the landing queue, or how its last landing went. */
  entry(session: string): Entry | undefined
}

type Paused = Result<Session, FailureCode<'session.pause'>>

export type Pauser = {
  /** Waits for the note, then stops the session. Two at once are one. */
  pause(session: LiveSession): Promise<Paused>
  /** How a session is started that is to go on: one that was paused is told where its note is. */
  resumption(session: LiveSession): Promise<Start>
}

/** A name of its own: it lies where the repository has a HANDOFF.md that is not ours. */
const FACTS_FILE = 'handoff.md'

/** Why it cannot be asked for its note now; null where what kept a prompt from being typed says it. */
function unasked(name: string, code: FailureCode<'session.pause'>): string | null {
  if (code === 'dialog-open') return `“${name}” is asking something; answer it in its terminal, then pause it.`
  if (code !== 'draft') return null
  return `Something has been typed in the terminal of “${name}” and was not sent yet. Send or delete it there, then pause the session.`
}

export function createPauser(parts: PauserParts): Pauser {
  const { git, clock, sessions, dataDir } = parts
  const underWay = new Map<string, Promise<Paused>>()

  const worktreeOf = (session: LiveSession): Checkout => ({
    path: session.record().worktree,
    trusted: parts.home().checkout.trusted,
  })
  const factsPath = (session: LiveSession): string => join(ledgerFolder(dataDir, session.id), FACTS_FILE)

  /** Whether it wrote; or why it was not even asked. */
  async function askForNote(session: LiveSession): Promise<Result<boolean, FailureCode<'session.pause'>>> {
    const path = notePath(session.record().worktree)
    const before = await noteMark(path)
    const written = async (): Promise<boolean> => {
      const now = await noteMark(path)
      return now !== null && now !== before
    }
    // At a limit of the API nobody would answer.
    if (session.view().state === 'limited') return ok(false)
    const run = session.run()
    let gone = false
    void run?.terminal.exited.then(() => (gone = true))
    const asked = await session.send(ASK_FOR_NOTE, { own: true })
    // Where hooks are turned off, nothing confirms what is typed into a turn: that turn is waited for all the same.
    const unsure = !asked.ok && asked.failure.code === 'unconfirmed'
    if (unsure && !gone && session.view().state !== 'working') return ok(false)
    // A process that ended while it was asked has ended over its note.
    if (!asked.ok && !unsure && !gone) {
      const { code, message } = asked.failure
      if (code === 'unconfirmed' || code === 'bad-prompt') return ok(false)
      if (code === 'worktree-missing') return fail('unwritable', message)
      return fail(code, unasked(session.record().name, code) ?? message)
    }
    const end = await turnToEnd({ session, run, sessions, clock, written })
    if (end !== 'stopped') return ok(await written())
    const { name } = session.record()
    return fail('not-running', `“${name}” was stopped before it had written its note, so it is not paused. Resume it to go on.`)
  }

  async function addFacts(session: LiveSession, tracked: boolean): Promise<string | null> {
    const worktree = worktreeOf(session)
    const view = await session.fresh()
    const { changes } = await statusOf(git, worktree)
    const path = tracked ? factsPath(session) : notePath(worktree.path)
    const facts = {
      session: view,
      target: parts.home().target?.branch ?? null,
      changes: withoutHandoff(changes),
      entry: parts.entry(session.id),
      at: clock.now().toISOString(),
    }
    // The session may have put something else in its place meanwhile.
    return (
      (tracked ? null : await noteObstacle(worktree.path)) ??
      writeNote(path, withFacts(tracked ? '' : await readNote(path), facts))
    )
  }

  async function pauseNow(session: LiveSession): Promise<Paused> {
    const { name, research, worktree } = session.record()
    if (research) {
      return fail(
        'research',
        `“${name}” is a research session: it has no worktree for a note. Stop it; its conversation can be resumed.`,
      )
    }
    if (session.run() === null) return fail('not-running', `“${name}” does not run, so there is nothing to pause.`)
    const { problem } = await session.fresh()
    if (problem !== undefined) return fail('unwritable', problem)
    const tracked = await noteIsTracked(git, worktreeOf(session))
    const obstacle = tracked ? null : await noteObstacle(worktree)
    if (obstacle !== null) return fail('unwritable', obstacle)
    const note = tracked ? ok(false) : await askForNote(session)
    if (!note.ok) return note
    const failed = await addFacts(session, tracked)
    if (failed !== null) return fail('unwritable', failed)
    // Kept first: it is never seen as merely ended, also where Sluice is killed before its process is gone.
    const paused = { kind: 'session-paused', session: session.id, note: note.value } as const
    sessions.keep(paused)
    await session.stop()
    // A start after a crash may have been on its way.
    if (!session.record().paused) sessions.keep(paused)
    return ok(await session.fresh())
  }

  return {
    pause(session) {
      const now = underWay.get(session.id)
      if (now !== undefined) return now
      const mine = pauseNow(session).finally(() => underWay.delete(session.id))
      underWay.set(session.id, mine)
      return mine
    },
    async resumption(session) {
      const { paused, claudeSession, prompt, worktree, research } = session.record()
      if (!paused || research) return { kind: 'resume' }
      const tracked = await noteIsTracked(git, worktreeOf(session))
      const note = tracked ? factsPath(session) : HANDOFF_FILE
      if ((await noteMark(tracked ? note : notePath(worktree))) === null) return { kind: 'resume' }
      const conversation = claudeSession !== null && (await transcriptOf(claudeConfigDir(parts.env), claudeSession)) !== null
      return { kind: 'resume', prompt: resumePrompt({ prompt, note, conversation }) }
    },
  }
}
