/** What Sluice asks a session when its entry is blocked: the next step, in plain words for Claude Code. Pure. */

import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { plainLog } from '../state/logs.ts'
import { takesPrompts } from '../state/standing.ts'

export type Asking = {
  /** The word on the button. */
  readonly label: string
  readonly prompt: string
  /** What the user reads when the session has it. */
  readonly done: string
}

const MOST_FILES = 40
/** Of what a check printed last; more than this is typed slowly and says little. */
const MOST_OUTPUT = 2_000

function checksWords(checks: readonly string[]): string {
  return checks.length === 0
    ? 'check that it still works'
    : `run the checks again (${checks.map((one) => `\`${one}\``).join(', ')})`
}

function conflictPrompt(files: readonly string[], target: string, checks: readonly string[]): string {
  const listed = files.slice(0, MOST_FILES).map((file) => `- ${file}`)
  const more = files.length > MOST_FILES ? [`- and ${files.length - MOST_FILES} more`] : []
  const where = files.length === 0 ? '.' : ` in:\n${[...listed, ...more].join('\n')}\n`
  return `This branch cannot land: other work landed on ${target} first, and the two conflict${where}
Please rebase this branch onto ${target} (git rebase ${target}). Resolve the conflicts so that both intents are kept: what landed and what this branch is for. Then ${checksWords(checks)}, and leave everything committed.`
}

function outputOf(message: string): string {
  const text = plainLog(message)
  if (text.length <= MOST_OUTPUT) return text
  const [first = ''] = text.split('\n', 1)
  const tail = text.slice(-MOST_OUTPUT)
  return `${first}\n…\n${tail.slice(tail.indexOf('\n') + 1)}`
}

function checksPrompt(message: string, target: string, checks: readonly string[]): string {
  return `This branch did not land: after a rebase onto ${target} a check failed.

${outputOf(message)}

Please find the cause and fix it on this branch; rebase it onto ${target} first (git rebase ${target}) if ${target} has moved. Then ${checksWords(checks)}, and leave everything committed.`
}

/**
 * Takes a blocked entry, its session, the target branch and the configured checks; gives what to ask for.
 * Null when there is nothing to ask, nobody to ask, or the session has a newer commit already.
 */
export function askingFor(entry: Entry, session: Session | null, target: string, checks: readonly string[]): Asking | null {
  if (entry.phase !== 'blocked' || session === null || !takesPrompts(session)) return null
  if (entry.head !== undefined && entry.head !== session.head) return null
  const done = `Asked “${session.name}”. When it is done: review its new commit, approve it, and retry.`
  switch (entry.why) {
    case 'conflicts':
      return { label: 'Ask the session to resolve', prompt: conflictPrompt(entry.files ?? [], target, checks), done }
    case 'checks':
      return { label: 'Ask the session to fix it', prompt: checksPrompt(entry.message ?? '', target, checks), done }
    default:
      return null
  }
}
