/** What answers the calls about what Sluice finds: repositories, tools, folders, files of the target; and the demonstration. */

import type { Answer } from '../../shared/contract.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Handlers } from '../bridge/serve.ts'
import type { Checkout } from '../git/checkout.ts'
import { attempt } from '../git/failure.ts'
import type { Oid, RepoPath } from '../git/names.ts'
import { inTurns } from '../kit/turns.ts'
import { completeBase, lookAtBase } from '../repository/bases.ts'
import { expandPath, listFolders, startsNowhere } from '../repository/folders.ts'
import { createLook, type FindClaude } from '../repository/look.ts'
import { completeScope } from '../repository/scope-complete.ts'
import { createTargetFiles } from '../repository/scope-files.ts'
import { countScope } from '../repository/scope-match.ts'
import { parseScope } from '../sessions/starting.ts'
import { noRepository, type HandlerParts } from './asking.ts'

/** What finding needs beside what every handler has. */
export type FoundParts = {
  readonly now: () => Date
  /** The user's home folder. */
  readonly home: string
  readonly claude: FindClaude
  /** Starts the demonstration once and gives its address. Left out: this host has none. */
  readonly demo?: () => Promise<Answer<'demo.start'>>
}

type FoundCalls =
  | 'base.look'
  | 'base.complete'
  | 'repository.open'
  | 'repository.look'
  | 'folder.list'
  | 'scope.match'
  | 'scope.complete'
  | 'demo.start'

export function foundHandlers({
  hall,
  git,
  finding,
}: HandlerParts & { readonly finding: FoundParts }): Pick<Handlers, FoundCalls> {
  const { repositories } = hall
  const look = createLook({ ...finding, git, checkout: () => repositories.current()?.checkout.path ?? null })
  const targetFiles = createTargetFiles(git)

  /** The target that scopes are about. */
  function target(): Result<{ readonly checkout: Checkout; readonly head: Oid }, 'no-repository' | 'no-target'> {
    const current = repositories.current()
    if (current === null) return noRepository()
    if (current.target !== null) return ok({ checkout: current.checkout, head: current.target.head })
    return fail('no-target', repositories.view()?.problem ?? 'There is no target branch.')
  }

  async function filesOfTarget(): Promise<Result<readonly RepoPath[], 'no-repository' | 'no-target'>> {
    const found = target()
    if (!found.ok) return found
    const files = await attempt(() => targetFiles.of(found.value.checkout, found.value.head))
    return files.ok ? files : fail('no-target', files.failure.message)
  }

  return {
    'repository.open': ({ path }) => {
      const whole = expandPath(path, finding.home)
      return whole === null ? fail('not-a-repository', startsNowhere(path, finding.home)) : hall.open(whole)
    },
    async 'base.look'({ from }) {
      const current = repositories.current()
      if (current === null) return noRepository()
      const found = from === undefined ? target() : null
      if (found?.ok === false) return found
      const look = await attempt(() => lookAtBase(git, current.checkout, from ?? current.target?.branch ?? ''))
      return look.ok ? look.value : fail('bad-ref', look.failure.message)
    },
    async 'base.complete'({ text }) {
      const current = repositories.current()
      if (current === null) return noRepository()
      const names = await attempt(() => completeBase(git, current.checkout, text, current.target?.branch ?? null))
      return ok(names.ok ? names.value : [])
    },
    'repository.look': async () => ok(await look()),
    'folder.list': ({ path }) => listFolders(path, finding.home),
    async 'scope.match'({ scope }) {
      const parsed = parseScope(scope)
      if (!parsed.ok) return parsed
      const files = await filesOfTarget()
      if (!files.ok) return files
      const sessions = hall.desk()?.sessions.list() ?? []
      const owners = sessions.filter(({ state }) => state !== 'archived').map(({ name, scope }) => ({ session: name, scope }))
      const count = countScope(parsed.value, owners)
      await inTurns(files.value, (path) => count.see(path))
      return ok(count.result())
    },
    async 'scope.complete'({ text }) {
      const files = await filesOfTarget()
      if (!files.ok) return files
      const completion = completeScope(text)
      await inTurns(files.value, (path) => completion.see(path))
      return ok(completion.result())
    },
    'demo.start': () =>
      finding.demo?.() ?? fail('no-demo', 'This Sluice has no demonstration in it. Start “sluice demo” from a checkout.'),
  }
}
