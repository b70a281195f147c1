/** Types a prompt into a running session, never into a dialog, and waits until Claude Code says that it has it. */

import { setTimeout as sleep } from 'node:timers/promises'
import { fail, ok, type Refused, type Result } from '../../shared/result.ts'
import { isSamePrompt, typedPieces } from './prompt.ts'
import type { Run } from './run.ts'

export type SendFailure = 'not-running' | 'dialog-open' | 'bad-prompt' | 'unconfirmed'

const BETWEEN_PIECES_MS = 10
const BEFORE_ENTER_MS = 60
const CONFIRM_MS = 10_000
/** Where the user has turned hooks off, the status tells; looked at this often. */
const LOOK_MS = 100

const DIALOG = 'is asking something; answer it in the terminal first, then send the prompt again.'

function mayType(name: string, run: Run): Result<void, SendFailure> {
  switch (run.status()?.status) {
    case 'waiting':
      return fail('dialog-open', `“${name}” ${DIALOG}`)
    case 'idle':
    case 'busy':
    case 'shell':
      return ok(undefined)
    default:
      return fail('not-running', `“${name}” is not ready for a prompt yet; look at its terminal.`)
  }
}

function interrupted(name: string, code: SendFailure): Refused<SendFailure> {
  return fail(
    code,
    `A dialog opened in “${name}” while the prompt was typed, so it was not sent; a part of it may stand in the prompt line. Look at its terminal.`,
  )
}

/**
 * Takes the session's name, its run, the text and a promise-maker for the next UserPromptSubmit hooks.
 * Failures: `dialog-open` (nothing was sent), `bad-prompt`, `not-running`, `unconfirmed` (typed, but Claude Code did not take it).
 */
export async function sendPrompt(
  name: string,
  run: Run,
  text: string,
  onPrompt: (heard: (prompt: string) => void) => () => void,
): Promise<Result<void, SendFailure>> {
  const pieces = typedPieces(text)
  if (!pieces.ok) return pieces
  const ready = mayType(name, run)
  if (!ready.ok) return ready
  const wasBusy = run.status()?.status === 'busy'
  let confirmed = false
  const forget = onPrompt((prompt) => {
    confirmed ||= isSamePrompt(text, prompt)
  })
  try {
    for (const piece of pieces.value) {
      const open = mayType(name, run)
      if (!open.ok) return interrupted(name, open.failure.code)
      if (!run.terminal.write(piece)) return fail('not-running', `“${name}” does not take input any more; look at its terminal.`)
      await sleep(BETWEEN_PIECES_MS)
    }
    await sleep(BEFORE_ENTER_MS)
    const still = mayType(name, run)
    if (!still.ok) return interrupted(name, still.failure.code)
    run.terminal.write('\r')
    for (let waited = 0; waited < CONFIRM_MS; waited += LOOK_MS) {
      await sleep(LOOK_MS)
      if (confirmed || (!run.hooksHeard() && !wasBusy && run.status()?.status === 'busy')) return ok(undefined)
    }
    return fail(
      'unconfirmed',
      `The prompt was typed into “${name}”, but Claude Code did not confirm it. Look at its terminal before sending it again.`,
    )
  } finally {
    forget()
  }
}
