/** What sessions changed outside their scope. In turns: tens of thousands of paths against many globs would hold up the keys. */

import { matcherOf } from '../../shared/model/globs.ts'
import { inTurns } from '../kit/turns.ts'
import { type Facts, type Listed, type Member, type Outside, listed } from './decide.ts'

/** Takes the sessions and what each of them changed; a session without a scope, or that kept to it, is not in the answer. */
export async function findOutside(members: readonly Member[], changed: Facts['changed']): Promise<Outside> {
  const found = new Map<string, Listed>()
  for (const { id, scope } of members) {
    const paths = changed.get(id)
    if (scope.length === 0 || paths === undefined) continue
    const owns = matcherOf(scope)
    const files: string[] = []
    await inTurns(paths, (path) => {
      if (!owns(path)) files.push(path)
    })
    if (files.length > 0) found.set(id, listed(files))
  }
  return found
}
