/** Asks the House about paths of the target: what a scope holds, and how a path may go on. */

import type { ScopeMatch } from '../../shared/model/found.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { ask } from './house.ts'

/** What a scope holds; or the sentence that says why it cannot be one. */
export async function matchScope(scope: readonly string[]): Promise<Result<ScopeMatch>> {
  const answer = await ask('scope.match', { scope })
  return answer.ok ? ok(answer.value) : fail(answer.failure.code, answer.failure.message)
}

/** Files and folders that continue what was typed; none when they could not be asked for. */
export async function completePath(text: string): Promise<readonly string[]> {
  const answer = await ask('scope.complete', { text })
  return answer.ok ? answer.value : []
}
