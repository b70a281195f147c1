/** Types a prompt into a running session, never into a dialog or a draft, and waits until Claude Code says that it has it. */

import { setTimeout as sleep } from 'node:timers/promises'
import { fail, ok, type Refused, type Result } from '../../shared/result.ts'
import { isSamePrompt, typedPieces } from './prompt.ts'
import type { Run } from './run.ts'
import type { ClaudeStatus } from './state.ts'

export type SendFailure = 'not-running' | 'worktree-missing' | 'dialog-open' | 'draft' | 'bad-prompt' | 'unconfirmed'

/** The prompt line, as far as Sluice knows it. */
export type PromptLine = {
  /** True while the user has begun something there. */
  hasDraft(): boolean
  /** How many characters of an earlier prompt may stand there; 0 for none. */
  leftover(): number
  cleared(): void
  /** Something of ours stands there now. */
  soiled(): void
  entered(): void
}

export type Sending = {
  readonly name: string
  readonly run: Run
  readonly text: string
  readonly line: PromptLine
  /** Hears each prompt that Claude Code says it was given; gives a way to stop. */
  onPrompt(heard: (prompt: string) => void): () => void
  /** Hears each change of the session. */
  onChange(look: () => void): () => void
  /** The prompts that Claude Code wrote down as given to it, from that moment on. */
  written(since: Date): Promise<readonly string[]>
}

const BETWEEN_PIECES_MS = 10
/** Claude Code reads what waits for it in one go; from 800 characters on that would be a paste. */
const UNREAD_CHARACTERS = 160
const UNREAD_MS = 5000
/** An Enter that is read together with the words before it is a line break: it comes after they were shown. */
const BEFORE_ENTER_MS = 80
const SHOWN_MS = 3000
/** How long a program may not read before that is a failure. */
const NOT_READING_MS = 5000
/** And a millisecond for each character: a long prompt is laid out anew with each key. */
const CONFIRM_MS = 15_000
/** A program that has shown nothing since Enter has not come to it: on a machine that is very busy it is waited for. */
const CONFIRM_UNREAD_MS = 30_000
/** An Enter that was not taken is pressed again after so long. On an empty line it does nothing. */
const ENTER_AGAIN_MS: readonly number[] = [1500, 4000]
const LOOK_MS = 50
/** What is typed into a turn is told by hooks alone. Where there are none, it is taken for sent after the last Enter. */
const UNTOLD_MS = 5000

const DIALOG = 'is asking something; answer it in the terminal first, then send the prompt again, or send it with --wait.'

/** Whether something may be typed now. */
export function mayType({ name, run, line }: Pick<Sending, 'name' | 'run' | 'line'>): Result<void, SendFailure> {
  switch (run.status()?.status) {
    case 'waiting':
      return fail('dialog-open', `“${name}” ${DIALOG}`)
    case 'idle':
    case 'busy':
    case 'shell':
      break
    default:
      return fail('not-running', `“${name}” is not ready for a prompt yet; look at its terminal.`)
  }
  if (!line.hasDraft()) return ok(undefined)
  const message = `Something has been typed in the terminal of “${name}” and was not sent yet. Send or delete that first, or send the prompt with --wait: it is then typed as soon as the line is free.`
  return fail('draft', message)
}

/** A dialog ignores keys in its first 0.6 s, and its status may be told later than that: it is read again before each key that matters. */
async function mayTypeNow(sending: Sending): Promise<Result<void, SendFailure>> {
  await sending.run.look()
  return mayType(sending)
}

function interrupted(name: string, code: SendFailure): Refused<SendFailure> {
  const what =
    code === 'draft' ? 'Somebody typed' : code === 'dialog-open' ? 'A dialog opened' : 'Claude Code stopped taking prompts'
  return fail(
    code,
    `${what} in “${name}” while the prompt was typed, so it was not sent; a part of it may stand in the prompt line. Look at its terminal.`,
  )
}

/** Follows what the program shows, which says that it has read what was typed. */
function follow(run: Run) {
  let unread = 0
  let shownAt = 0
  const stop = run.terminal.onOutput(() => {
    unread = 0
    shownAt = performance.now()
  })
  async function until(holds: () => boolean, longest: number): Promise<void> {
    const end = performance.now() + longest
    while (!holds() && performance.now() < end) await sleep(BETWEEN_PIECES_MS)
  }
  return {
    stop,
    hasShownSince: (at: number): boolean => shownAt > at,
    async write(piece: string): Promise<boolean> {
      const end = performance.now() + NOT_READING_MS
      while (!run.terminal.write(piece)) {
        if (performance.now() > end) return false
        await sleep(LOOK_MS)
      }
      unread += piece.length
      await sleep(BETWEEN_PIECES_MS)
      if (unread > UNREAD_CHARACTERS) await until(() => unread === 0, UNREAD_MS)
      return true
    },
    /** While it works it shows something all the time, so quiet is not waited for without an end. */
    async shown(): Promise<void> {
      const typedAt = performance.now()
      await until(() => shownAt > typedAt && performance.now() - shownAt > BEFORE_ENTER_MS, SHOWN_MS)
    },
  }
}

/** Ctrl+U takes a line of the screen, and nothing from an empty one. */
async function clearLine(line: PromptLine, write: (piece: string) => Promise<boolean>): Promise<void> {
  const strokes = line.leftover() === 0 ? 0 : 6 + Math.ceil(line.leftover() / 8)
  for (let stroke = 0; stroke < Math.min(strokes, 600); stroke += 1) await write('\u0015')
  if (strokes > 0) line.cleared()
}

/** Whether a turn has begun between two looks at the status; one that was under way tells nothing of the next. Pure. */
function hasBegun(before: ClaudeStatus | null, now: ClaudeStatus | null): boolean {
  if (before?.status === 'busy' || now?.status === undefined) return false
  // A turn may be too short to be seen.
  const again = before?.status === 'idle' && (now.statusUpdatedAt ?? 0) > (before.statusUpdatedAt ?? Infinity)
  return now.status === 'busy' || now.status === 'waiting' || again
}

/**
 * Failures: `dialog-open`, `draft`, `bad-prompt`, `not-running` (it was not sent), `unconfirmed` (typed, but Claude Code did not
 * say that it took it).
 */
export async function sendPrompt(sending: Sending): Promise<Result<void, SendFailure>> {
  const { name, run, text, line } = sending
  const pieces = typedPieces(text)
  if (!pieces.ok) return pieces
  const ready = await mayTypeNow(sending)
  if (!ready.ok) return ready
  let confirmed = false
  let over = false
  void run.terminal.exited.then(() => (over = true))
  const forget = sending.onPrompt((prompt) => {
    confirmed ||= isSamePrompt(text, prompt)
  })
  let before = run.status()
  let begun = false
  const unfollow = sending.onChange(() => {
    begun ||= hasBegun(before, run.status())
  })
  const program = follow(run)
  try {
    await clearLine(line, program.write)
    for (const piece of pieces.value) {
      const open = await mayTypeNow(sending)
      if (!open.ok) return interrupted(name, open.failure.code)
      line.soiled()
      if (!(await program.write(piece)))
        return fail('not-running', `“${name}” does not take input any more; look at its terminal.`)
    }
    await program.shown()
    const still = await mayTypeNow(sending)
    if (!still.ok) return interrupted(name, still.failure.code)
    line.entered()
    before = run.status()
    begun = false
    run.terminal.write('\r')
    const enteredAt = performance.now()
    const since = new Date(Date.now() - LOOK_MS)
    const isWritten = async (): Promise<boolean> => (await sending.written(since)).some((prompt) => isSamePrompt(text, prompt))
    const again: number[] = [...ENTER_AGAIN_MS]
    /** After Enter: when it was seen to do something, and how long it is waited for. */
    let readAt: number | null = null
    let longest = CONFIRM_UNREAD_MS
    for (let waited = 0; waited < longest && !over; waited = performance.now() - enteredAt) {
      await sleep(LOOK_MS)
      if (readAt === null && program.hasShownSince(enteredAt)) {
        readAt = performance.now() - enteredAt
        longest = readAt + CONFIRM_MS + text.length
        // Those before it were read in one go with the words.
        if (again.length === 0) again.push(readAt + (ENTER_AGAIN_MS[0] ?? 0))
      }
      begun ||= hasBegun(before, run.status())
      if (confirmed || (begun && !run.hooksHeard())) return ok(undefined)
      if (waited > UNTOLD_MS && before?.status === 'busy' && run.hooksOff()) return ok(undefined)
      if (waited < (again[0] ?? Infinity)) continue
      again.shift()
      if (await isWritten()) return ok(undefined)
      if ((await mayTypeNow(sending)).ok && !confirmed) run.terminal.write('\r')
    }
    if (await isWritten()) return ok(undefined)
    return fail(
      'unconfirmed',
      `The prompt was typed into “${name}”, but Claude Code did not confirm it. Look at its terminal before sending it again.`,
    )
  } finally {
    program.stop()
    forget()
    unfollow()
  }
}
