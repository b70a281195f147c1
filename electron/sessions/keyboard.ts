/** What Sluice types into one session: prompts, one at a time, and the key that interrupts. Keeps a prompt that did not arrive. */

import type { Clock } from '../kit/clock.ts'
import { createLane } from '../kit/lane.ts'
import type { Session } from '../../shared/model/session.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { isDraft, NO_DRAFT, sent, soiled, submitted, typed } from './draft.ts'
import type { SessionFact, SessionRecord } from './facts.ts'
import { createKeep } from './keep.ts'
import type { Hook } from './ledger.ts'
import { asTyped, isSamePrompt, typedPieces } from './prompt.ts'
import type { Run } from './run.ts'
import { mayType, sendPrompt, type PromptLine, type SendFailure } from './sending.ts'
import { promptsSince } from './transcript.ts'

export type InterruptFailure = 'not-running' | 'not-working' | 'dialog-open' | 'still-working'

export type SendOptions = {
  /** Where the user has begun to type, or a dialog is open, it is kept and typed once that is over. */
  readonly wait?: boolean
  /** Sluice's own words: not kept when they do not arrive. */
  readonly own?: boolean
}

export type Keyboard = {
  send(text: string, options?: SendOptions): Promise<Result<void, SendFailure>>
  /** Esc, once. */
  interrupt(): Promise<Result<void, InterruptFailure>>
  /** Lets go of the prompt that `unsent` shows. */
  forget(): void
  unsent(): Session['unsent']
  /** To be told every hook of the session, and every change of its state. */
  hear(hook: Hook): void
  changed(): void
  /** A run began. */
  follow(run: Run): void
  /** Resolves when what is kept is on disk. */
  close(): Promise<void>
}

export type KeyboardParts = {
  readonly id: string
  readonly clock: Clock
  readonly configDir: string
  record(): SessionRecord
  keep(fact: SessionFact): void
  run(): Run | null
  /** Its place among those that wait for room to run, from 1. */
  place(): number | null
  /** Whether its worktree is where it should be. */
  inPlace(): Promise<Result<void, 'worktree-missing'>>
  /** Where a prompt that is kept lies, for the user's eyes only. */
  readonly folder: string
  /** What is kept is different now. */
  tell(): void
  failed(error: unknown): void
}

/** What the user has just entered may open a dialog, which its status tells a moment later; dialogs ignore keys in their first 0.6 s. */
const AFTER_KEYS_MS = 700
const INTERRUPTED_MS = 5000
const BEGINS_MS = 3000
const ESC = '\u001b'
const NOTHING = '' as const

export function createKeyboard(parts: KeyboardParts): Keyboard {
  const { clock } = parts
  const lane = createLane()
  const prompts = new Set<(prompt: string) => void>()
  const waiting = new Set<() => void>()
  const looks = new Set<() => void>()
  const decoder = new TextDecoder()
  let followed: Run | null = null
  let draft = NO_DRAFT
  /** What may come back into the line: the prompt of the turn, or what we typed last. */
  let last: string = NOTHING
  let keysAt = -Infinity
  let pumping = false
  let callOff = (): void => undefined
  let closed = false
  const kept = createKeep({ ...parts, changed: parts.tell })

  const line: PromptLine = {
    hasDraft: () => isDraft(draft),
    leftover: () => (draft.stale ? last.length + 8 * last.split('\n').length : 0),
    cleared: () => (draft = { ...draft, stale: false }),
    soiled: () => (draft = soiled(draft)),
    entered: () => (draft = sent(draft)),
  }

  async function typeNow(text: string): Promise<Result<void, SendFailure>> {
    const run = parts.run()
    const { name } = parts.record()
    const place = run === null ? parts.place() : null
    if (place !== null) {
      const message = `“${name}” is in line for room to run, at place ${place}. Send the prompt when it runs; stopping one that is idle makes room.`
      return fail('not-running', message)
    }
    if (run === null) return fail('not-running', `“${name}” is not running. Resume it first, then send the prompt.`)
    const placed = await parts.inPlace()
    if (!placed.ok) return placed
    const recent = keysAt + AFTER_KEYS_MS - clock.elapsed()
    if (recent > 0) await new Promise<void>((resolve) => void clock.after(recent, resolve))
    const done = await sendPrompt({
      name,
      run,
      text,
      line: {
        ...line,
        soiled() {
          last = asTyped(text)
          line.soiled()
        },
      },
      onPrompt(heard) {
        prompts.add(heard)
        return () => prompts.delete(heard)
      },
      onChange(look) {
        looks.add(look)
        return () => looks.delete(look)
      },
      async written(since) {
        const conversation = run.status()?.sessionId ?? parts.record().claudeSession
        return conversation === null ? [] : promptsSince(parts.configDir, conversation, since)
      },
    })
    if (done.ok) kept.letGo((prompt) => isSamePrompt(prompt.text, text))
    return done
  }

  /** Types the first one that waits, where that can be done. */
  function pump(): void {
    if (closed || pumping || kept.waiting() === null || parts.run() === null) return
    pumping = true
    callOff = clock.after(AFTER_KEYS_MS, () => {
      pumping = false
      const run = parts.run()
      if (closed || run === null || !mayType({ name: NOTHING, run, line }).ok) return
      lane
        .run('keyboard', async () => {
          const next = kept.waiting()
          if (next === null || closed) return
          const done = await typeNow(next.text)
          if (!done.ok && done.failure.code === 'unconfirmed') kept.unconfirmed(next.text)
        })
        .then(() => undefined, parts.failed)
    })
  }

  /** Waits for a change of the session; gives up at `end`. */
  async function waitUntil(holds: () => boolean, end: number): Promise<void> {
    while (!holds() && clock.elapsed() < end) {
      await new Promise<void>((resolve) => {
        const stop = clock.after(end - clock.elapsed(), resolve)
        waiting.add(() => (stop(), resolve()))
      })
    }
  }

  async function interruptNow(run: Run, name: string): Promise<Result<void, InterruptFailure>> {
    const end = clock.elapsed() + INTERRUPTED_MS
    draft = soiled(draft)
    run.terminal.write(ESC)
    await waitUntil(() => run.status()?.status !== 'busy' || parts.run() !== run, end)
    if (run.status()?.status !== 'busy') return ok(undefined)
    const message = `Esc was pressed in “${name}”, and it still works: it may have begun with a prompt that was waiting. Look at its terminal.`
    return fail('still-working', message)
  }

  return {
    async send(text, { wait = false, own = false } = {}) {
      // Said at once, also while another one is being typed.
      const pieces = typedPieces(text)
      if (!pieces.ok) return pieces
      return lane.run('keyboard', async () => {
        const done =
          wait && kept.waiting() !== null ? fail('draft', 'Another prompt waits before this one.') : await typeNow(text)
        if (done.ok || own) return done
        const { code } = done.failure
        if (code === 'unconfirmed') kept.add({ text, waits: false })
        if (!wait || (code !== 'draft' && code !== 'dialog-open')) return done
        kept.add({ text, waits: true })
        pump()
        return ok(undefined)
      })
    },
    async interrupt() {
      const run = parts.run()
      const { name } = parts.record()
      // It says “idle” a moment longer when it has begun.
      if (run?.status()?.status === 'idle') await waitUntil(() => run.facts().pending === null, clock.elapsed() + BEGINS_MS)
      const status = run?.status()?.status
      if (run === null || status === undefined)
        return fail('not-running', `“${name}” does not run, so there is nothing to interrupt.`)
      if (status === 'waiting') {
        return fail('dialog-open', `“${name}” is asking something, and Esc would be the answer. Give it in the terminal.`)
      }
      if (status !== 'busy') return fail('not-working', `“${name}” does not work now, so there is nothing to interrupt.`)
      return interruptNow(run, name)
    },
    forget: () => kept.forget(),
    unsent: () => kept.first() ?? undefined,
    hear(hook) {
      if (hook.hook_event_name !== 'UserPromptSubmit' || hook.prompt === undefined) return
      const { prompt } = hook
      // The end of a task in the background is told in the same way, and is nobody's prompt.
      if (!prompt.startsWith('<task-notification>')) {
        last = prompt
        draft = submitted(draft)
      }
      for (const heard of prompts) heard(prompt)
      kept.letGo(({ text, waits }) => !waits && isSamePrompt(text, prompt))
      pump()
    },
    changed() {
      for (const look of [...waiting, ...looks]) look()
      waiting.clear()
      pump()
    },
    follow(run) {
      if (run === followed) return
      followed = run
      draft = NO_DRAFT
      run.terminal.onInput((bytes) => {
        const status = run.status()?.status
        const before = draft
        draft = typed(draft, decoder.decode(bytes, { stream: true }), {
          // Before anything is heard of it, it shows the dialogs of its start.
          dialog: status === 'waiting' || (!run.facts().hadStatus && !run.hooksHeard()),
          working: status === 'busy',
        })
        // Mouse reports and answers of the terminal are no keys.
        if (draft.strokes !== before.strokes) keysAt = clock.elapsed()
        if (!isDraft(draft)) pump()
      })
    },
    async close() {
      closed = true
      callOff()
      await kept.idle()
    },
  }
}
