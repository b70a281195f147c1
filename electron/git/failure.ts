/** How git says no when a verb has no outcome for it: one error with a sentence, and its way into a `Result`. */

import { fail, ok, type Result } from '../../shared/result.ts'

/** `crashed`: git ended by a bug of its own, and would again on the same input. `stopped`: by us, or by somebody outside. */
export type GitErrorKind = 'no-git' | 'folder-missing' | 'stopped' | 'crashed' | 'failed'

/** Git could not do what it was asked; the message is a sentence for the user. */
export class GitError extends Error {
  readonly kind: GitErrorKind

  constructor(kind: GitErrorKind, message: string) {
    super(message)
    this.name = 'GitError'
    this.kind = kind
  }
}

/** What git wrote, short enough for a sentence: its last words that are no advice. */
export function lastWords(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.replace(/^(?:fatal|error|warning):\s*/u, '').trim())
    .filter((line) => line !== '' && !line.startsWith('hint:'))
  const text = lines.slice(0, 6).join(' ')
  return text.length > 600 ? `${text.slice(0, 600)}…` : text
}

const DISK_IS_FULL = /No space left on device|Out of diskspace|Disk quota exceeded/iu

/** Why git refused, as the end of a sentence; `advice` follows where git's words do not say what to do. */
export function reasonIn({ code, stderr }: { readonly code: number; readonly stderr: string }, advice = ''): string {
  if (DISK_IS_FULL.test(stderr)) return 'the disk is full. Make room, then try again.'
  const words = lastWords(stderr)
  const said = words === '' ? `it ended with code ${code}` : words
  return `${said}${/[.!?…]$/u.test(said) ? '' : '.'}${advice === '' ? '' : ` ${advice}`}`
}

/** The error for an exit code that the verb has no outcome for. `doing` completes “Git could not …”. */
export function unexpected(doing: string, ended: { readonly code: number; readonly stderr: string }): GitError {
  return new GitError('failed', `Git could not ${doing}: ${reasonIn(ended)}`)
}

/** For a command whose traces are taken back when it failed: one that was stopped from outside has failed, too. */
export function asFailed(error: unknown): { readonly code: number; readonly stderr: string } {
  if (!(error instanceof GitError) || error.kind !== 'stopped') throw error
  return { code: -1, stderr: error.message }
}

export type GitFailure = 'worktree-missing' | 'git-failed'

/** Runs verbs of this folder; gives their value, or git's refusal as a failure. Anything that is no refusal of git is thrown on. */
export async function attempt<Value>(work: () => Promise<Value>): Promise<Result<Value, GitFailure>> {
  try {
    return ok(await work())
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    return fail(error.kind === 'folder-missing' ? 'worktree-missing' : 'git-failed', error.message)
  }
}
