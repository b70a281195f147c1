/** What Sluice found on the machine, as quiet lines; what is missing as a sentence with what to do. Pure. */

import type { Found } from '../../shared/model/found.ts'

export type Finding = {
  readonly name: string
  /** `good`: there. `missing`: nothing works without it. `unsure`: Sluice could not find out, or it can wait. */
  readonly mark: 'good' | 'missing' | 'unsure'
  readonly words: string
  /** More that is known, such as a path. */
  readonly detail?: string
}

function login(of: Found['claude']['login']): Finding {
  switch (of) {
    case 'yes':
      return { name: 'Login', mark: 'good', words: 'Claude Code says that it is logged in.' }
    case 'no':
      return {
        name: 'Login',
        mark: 'missing',
        words: 'Claude Code is not logged in. Run “claude” in a terminal once and log in.',
      }
    case 'unknown':
      return {
        name: 'Login',
        mark: 'unsure',
        words: 'Not known. Claude Code asks in the first session if it needs to.',
      }
  }
}

/** Takes what was found; gives one line for each thing. Without Claude Code nothing is said of its login. */
export function findings({ git, claude }: Found): readonly Finding[] {
  const gitLine: Finding =
    git.version === null || git.problem !== undefined
      ? {
          name: 'git',
          mark: 'missing',
          words: git.problem ?? 'git was not found on your PATH. Install it, then start Sluice again.',
        }
      : { name: 'git', mark: 'good', words: git.version }
  if (claude.version === null || claude.problem !== undefined) {
    const words =
      claude.problem ??
      'Claude Code was not found on your PATH. Install it with “npm install -g @anthropic-ai/claude-code”, then look again.'
    return [gitLine, { name: 'Claude Code', mark: 'missing', words, ...(claude.path === null ? {} : { detail: claude.path }) }]
  }
  const claudeLine: Finding = {
    name: 'Claude Code',
    mark: 'good',
    words: claude.version,
    ...(claude.path === null ? {} : { detail: claude.path }),
  }
  return [gitLine, claudeLine, login(claude.login)]
}
