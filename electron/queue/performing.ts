/** Does one step of the queue and reports what came of it, as commands that `decide` may still refuse. */

import {
  checkLog,
  checkStep,
  followStep,
  handoffHindrance,
  hindrance,
  isOnTarget,
  landStep,
  rebaseStep,
  type Landing,
  type StepParts,
} from './steps.ts'
import type { ChecksPlan } from './checks.ts'
import type { QueueCommand, QueueStep } from './machine.ts'
import { verdictOf } from './verdict.ts'

export type Performance = StepParts & {
  /** False: the queue has moved on and wants no more of this. */
  report(command: QueueCommand): boolean
  /** The session as it is now. */
  session(): Landing
  readonly signal: AbortSignal
  started: ChecksPlan['started']
  output: ChecksPlan['output']
  /** Called as soon as the target has moved. */
  landed(): void
}

const NOTHING = [] as const

async function rebaseEntry(show: Performance, { head }: Extract<QueueStep, { kind: 'rebase' }>): Promise<void> {
  const { id: session, name } = show.session()
  const hindered = await hindrance(show, show.session(), head)
  if (hindered !== null) return void show.report({ kind: 'hindered', session, head, ...hindered })
  const { target } = show.repository()
  if (target === null) {
    const message = 'The target branch does not exist. Create it again or set another target, then try again.'
    return void show.report({ kind: 'hindered', session, head, why: 'target-moved', message, files: NOTHING })
  }
  const noted = await handoffHindrance(show, name, head, target.head)
  if (noted !== null) return void show.report({ kind: 'hindered', session, head, ...noted })
  if (!show.report({ kind: 'rebase-started', session, branch: target.branch, target: target.head })) return
  const done = await rebaseStep(show, head, target.head)
  if (done.kind === 'rebased' || done.kind === 'up-to-date')
    return void show.report({ kind: 'rebased', session, target: target.head, rebased: done.head })
  const verdict = verdictOf(done, { name, branch: target.branch })
  if (verdict !== null) show.report({ kind: 'blocked', session, ...verdict })
}

async function checkEntry(show: Performance, { target, rebased }: Extract<QueueStep, { kind: 'check' }>): Promise<void> {
  const { id: session } = show.session()
  const { signal, started, output } = show
  const end = await checkStep(show, rebased, { log: checkLog(show.dataDir, session), signal, started, output })
  if (end.kind === 'cancelled') return
  if (end.kind === 'unprepared')
    return void show.report({ kind: 'blocked', session, why: 'setup', message: end.message, files: NOTHING })
  if (end.kind === 'passed') return void show.report({ kind: 'checks-passed', session, target, rebased })
  const last = end.tail === '' ? '' : ` Its last output:\n${end.tail}`
  show.report({ kind: 'blocked', session, why: end.what, message: `“${end.command}” ${end.how}.${last}`, files: NOTHING })
}

type LandStep = Extract<QueueStep, { kind: 'land' }>

async function tellLanded(show: Performance, step: LandStep): Promise<void> {
  const { id: session } = show.session()
  const message = await followStep(show, show.session(), step)
  const landed = { kind: 'landed', session, before: step.target, after: step.rebased } as const
  show.report(message === undefined ? landed : { ...landed, message })
  show.landed()
}

async function landEntry(show: Performance, step: LandStep): Promise<void> {
  const { id: session } = show.session()
  // Sluice was stopped, or the disk was full, between the landing and its fact: it has landed all the same.
  if (await isOnTarget(show, step.branch, step.rebased)) return tellLanded(show, step)
  const advance = await landStep(show, show.session, step)
  switch (advance.kind) {
    case 'landed':
      return tellLanded(show, step)
    case 'moved': {
      const message = 'The target moved meanwhile, so it is rebased and checked again.'
      return void show.report({ kind: 'restart', session, message })
    }
    case 'disapproved': {
      const { why, message, files } = advance
      return void show.report({ kind: 'blocked', session, why, message, files })
    }
    case 'dirty': {
      const message = `The target is checked out in ${advance.path} with changed or new files that this landing would touch. Commit them or move them away, then try again.`
      return void show.report({ kind: 'blocked', session, why: 'target-dirty', message, files: advance.files })
    }
    case 'half-moved': {
      const message = `A landing was cut off in ${advance.path}, and since then these files were changed there, so nothing was taken back. Copy what you need of them, undo the changes (“git restore --staged --worktree” with their names, or delete what is new), then try again: Sluice puts the rest back.`
      return void show.report({ kind: 'blocked', session, why: 'target-dirty', message, files: advance.files })
    }
    case 'refused':
      return void show.report({ kind: 'blocked', session, why: 'target-dirty', message: advance.message, files: NOTHING })
  }
}

/** Does the step to its end. Throws only for a fault; the target has then not moved, or `landed` was reported. */
export async function perform(show: Performance, step: QueueStep): Promise<void> {
  switch (step.kind) {
    case 'rebase':
      return rebaseEntry(show, step)
    case 'check':
      return checkEntry(show, step)
    case 'land':
      return landEntry(show, step)
  }
}
