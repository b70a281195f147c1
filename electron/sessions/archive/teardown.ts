/** Runs the repository's teardown command in a worktree that is about to go. Its exit code decides whether it goes. */

import { type CommandEnd, runCommand } from '../../kit/command.ts'
import { inert } from '../wording.ts'

const LIMIT_MINUTES = 10
const TAIL_CHARACTERS = 1500

function howItEnded(end: CommandEnd): string | null {
  switch (end.kind) {
    case 'exited':
      return end.code === 0 ? null : `exited with ${end.code}`
    case 'signalled':
      return `was ended by ${end.signal}`
    case 'timed-out':
      return `took longer than ${LIMIT_MINUTES} minutes and was stopped`
    case 'cancelled':
      return 'was stopped, as Sluice ends'
    case 'not-started':
      return `could not be started (${end.message})`
  }
}

/** Null when it did what it should; else a sentence that says why nothing was removed. */
export async function tearDown(
  command: string,
  run: { readonly cwd: string; readonly env: Readonly<Record<string, string>>; readonly signal: AbortSignal },
): Promise<string | null> {
  let tail = ''
  const decoder = new TextDecoder()
  const end = await runCommand({
    ...run,
    command,
    timeoutMs: LIMIT_MINUTES * 60_000,
    output(chunk) {
      tail = (tail + decoder.decode(chunk, { stream: true })).slice(-TAIL_CHARACTERS)
    },
  })
  const how = howItEnded(end)
  if (how === null) return null
  const output = inert(tail).trim()
  const said = output === '' ? '' : ` Its last output:\n${output}`
  return `The teardown command “${command}” ${how}, so the worktree was left as it is. Put it right, or clear it with “sluice config set teardown none”, then archive again.${said}`
}
