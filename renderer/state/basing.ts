/** Asks the House where a session could start from: commits, and worktrees that are there already. */

import type { BaseLook, FoundWorktree } from '../../shared/model/base.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { ask } from './house.ts'

/** The commit that is meant; nothing typed means the target. */
export async function lookAtBase(from: string): Promise<Result<BaseLook>> {
  const answer = await ask('base.look', from === '' ? {} : { from })
  return answer.ok ? ok(answer.value) : fail(answer.failure.code, answer.failure.message)
}

/** Branches and tags that continue what was typed; none when they could not be asked for. */
export async function completeBase(text: string): Promise<readonly string[]> {
  const answer = await ask('base.complete', { text })
  return answer.ok ? answer.value : []
}

/** The worktrees of the repository that no session has. */
export async function listWorktrees(): Promise<Result<readonly FoundWorktree[]>> {
  const answer = await ask('worktree.list', {})
  return answer.ok ? ok(answer.value) : fail(answer.failure.code, answer.failure.message)
}
