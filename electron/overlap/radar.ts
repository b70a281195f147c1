/** The overlap of the open repository's sessions, kept up to date in the background: one look at a time, the newest wish wins. */

import { isDeepStrictEqual } from 'node:util'
import { GitError } from '../git/failure.ts'
import type { Git } from '../git/run.ts'
import { createEmitter } from '../kit/emitter.ts'
import type { Log } from '../kit/log.ts'
import { NO_OVERLAP, type Overlap } from '../../shared/model/overlap.ts'
import { decide, type Facts, type Member, NO_FACTS } from './decide.ts'
import { createLook, type Subject } from './look.ts'
import { findOutside } from './outside.ts'

export type Radar = {
  /** As of the last look. */
  view(): Overlap
  /** Something may have changed. Cheap when nothing of interest has. */
  poke(): void
  /** Looks at git now, then shows. */
  fresh(): Promise<Overlap>
  onChange(listener: (overlap: Overlap) => void): () => void
  close(): Promise<void>
}

export type RadarParts = {
  readonly git: Git
  readonly log: Log
  /** The repository and its sessions that are not archived, in cascade order. */
  subject(): Subject
}

/** A look is never worth more: two branches that move thousands of files can keep git busy for minutes. */
const LOOK_MS = 20_000

export function createRadar({ git, log, subject }: RadarParts): Radar {
  const stopped = new AbortController()
  const { signal } = stopped
  const patient: Git = { run: (request) => git.run({ timeoutMs: LOOK_MS, ...request, signal }) }
  const look = createLook(patient, refused)
  const changes = createEmitter<Overlap>()
  let facts: Facts = NO_FACTS
  let value = NO_OVERLAP
  /** What was asked git about last, and what was last shown of it. */
  let asked = ''
  let shown = ''
  let wanted = false
  let running: Promise<void> | null = null

  function refused(error: GitError): void {
    if (!signal.aborted) log.info('The overlap of two sessions could not be read.', { why: error.message })
  }

  async function lookOnce(): Promise<void> {
    const now = subject()
    const { checkout, target, members } = now
    const heads = members.map(({ id, branch, head }) => [id, branch, head].join(' ')).toSorted()
    const question = JSON.stringify([checkout, target, heads])
    if (question !== asked) {
      // Also when it fails: the same question is not asked again and again.
      asked = question
      facts = await look(now, facts)
      shown = ''
    }
    const present = subject().members
    const display = JSON.stringify(present.map(({ id, name, scope }) => [id, name, scope]))
    if (display !== shown) {
      shown = display
      await show(present)
    }
  }

  async function show(members: readonly Member[]): Promise<void> {
    const next = decide(members, facts, await findOutside(members, facts.changed))
    if (signal.aborted || isDeepStrictEqual(next, value)) return
    value = next
    changes.emit(value)
  }

  async function run(): Promise<void> {
    while (wanted && !signal.aborted) {
      wanted = false
      try {
        await lookOnce()
      } catch (error) {
        if (error instanceof GitError) refused(error)
        else log.fault(error)
      }
    }
    running = null
  }

  function poke(): void {
    if (signal.aborted) return
    wanted = true
    running ??= Promise.resolve().then(run)
  }

  return {
    view: () => value,
    poke,
    async fresh() {
      // A look under way may have read the past: another one follows it.
      asked = ''
      poke()
      await running
      return value
    },
    onChange: (listener) => changes.on(listener),
    async close() {
      stopped.abort()
      await running
    },
  }
}
