/** Facts about the history: every kind of event that the House keeps has a sentence of its own. */

import { expect, test } from 'vitest'
import { KNOWN_KINDS } from '../../shared/model/event-words.ts'
import { queueFact } from '../queue/facts.ts'
import type { RepositoryFact } from '../repository/repositories.ts'
import { reviewFact } from '../review/record.ts'
import { sessionFact } from '../sessions/facts.ts'

const OF_REPOSITORIES: Readonly<Record<RepositoryFact['kind'], true>> = {
  'repository-opened': true,
  'repository-trusted': true,
  'config-set': true,
}

test('every kind of event has a sentence, and every sentence a kind', () => {
  const kept = [
    ...sessionFact.options.map(({ shape }) => shape.kind.value),
    ...queueFact.options.map(({ shape }) => shape.kind.value),
    ...reviewFact.options.map(({ shape }) => shape.kind.value),
    ...Object.keys(OF_REPOSITORIES),
    'settings-set',
  ]
  expect(KNOWN_KINDS.toSorted()).toEqual(kept.toSorted())
})
