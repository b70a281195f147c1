/** Short texts that a user sends to a session with one click. Pure. */

export const REPLIES = [
  'Go on.',
  'Run the checks, and fix what fails.',
  'Add tests for what you changed.',
  'Explain in a few sentences what you changed, and why.',
] as const

/** What a session is asked whose branch is behind the target, or would conflict with it. */
export function rebaseRequest(target: string): string {
  return `Please rebase this branch onto ${target} (git rebase ${target}). Resolve conflicts so that both intents are kept: what landed and what this branch is for. Then check that it still works, and leave everything committed.`
}
