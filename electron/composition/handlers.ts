/** What answers each call: one group of handlers a file, put together here. No logic of its own. */

import type { Handlers } from '../bridge/serve.ts'
import type { Snapshot } from '../../shared/contract.ts'
import { ok } from '../../shared/result.ts'
import { createAsking, otherRepository, type HandlerParts } from './asking.ts'
import { diffHandlers } from './handlers-diffs.ts'
import { foundHandlers, type FoundParts } from './handlers-found.ts'
import { overlapHandlers } from './handlers-overlap.ts'
import { queueHandlers } from './handlers-queue.ts'
import { reviewHandlers } from './handlers-review.ts'
import { sessionHandlers } from './handlers-sessions.ts'
import { settingsHandlers } from './handlers-settings.ts'
import { shellHandlers } from './handlers-shells.ts'
import { takingOverHandlers } from './handlers-taking-over.ts'

export function createHandlers(parts: HandlerParts & { readonly finding: FoundParts; snapshot(): Snapshot }): Handlers {
  const { hall, store } = parts
  const asking = createAsking(hall)
  return {
    hello: () => ok(parts.snapshot()),
    'repository.trust': ({ repository }) => otherRepository(hall, repository) ?? hall.repositories.trust(),
    'events.list'({ session, here, ...query }) {
      const desk = hall.desk()
      return ok(
        store.events({
          ...query,
          ...(session === undefined ? {} : { session: desk?.sessions.record(session)?.id ?? session }),
          // Without a repository there is none that anything could have happened in.
          ...(here === true ? { repository: desk?.repository ?? '' } : {}),
        }),
      )
    },
    ...sessionHandlers(parts, asking),
    ...diffHandlers(parts, asking),
    ...reviewHandlers(parts, asking),
    ...takingOverHandlers(parts, asking),
    ...queueHandlers(parts, asking),
    ...settingsHandlers(parts),
    ...overlapHandlers(parts),
    ...shellHandlers(parts, asking),
    ...foundHandlers(parts),
  }
}
