import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { DEFAULT_CONFIG } from '../../shared/model/config.ts'
import { ok } from '../../shared/result.ts'
import { GitError } from '../git/failure.ts'
import type { Git } from '../git/run.ts'
import { createRepository } from '../git/testing/repository.ts'
import { createLane } from '../kit/lane.ts'
import { createForeteller } from './foretelling.ts'

test('what git could not tell is asked again, what it told of the same commits is not', async () => {
  const { git, trusted, raw, commit, oid } = await createRepository()
  await commit('first', { 'file.txt': 'one\n' })
  const base = await oid('main')
  await raw('switch', '--quiet', '--create', 'work')
  const head = await commit('work', { 'own.txt': 'x\n' })
  await raw('switch', '--quiet', 'main')
  const target = { branch: 'main', head: await commit('theirs', { 'file.txt': 'two\n' }) }
  let broken = true
  let tried = 0
  const stopped: Git = {
    async run(request) {
      if (request.args.includes('rebase')) {
        tried += 1
        if (broken) throw new GitError('stopped', 'Git was stopped.')
      }
      return git.run(request)
    },
  }
  const foretell = createForeteller({
    git: stopped,
    lane: createLane(),
    dataDir: tmpdir(),
    env: {},
    copyInto: async () => ok(undefined),
    repository: () => ({ checkout: trusted, config: { ...DEFAULT_CONFIG, target: 'main' }, target }),
  })
  const session = { id: 'a', name: 'work', branch: 'work', worktree: trusted.path, approvedHead: null }
  expect(await foretell(session, { head, base, target })).toMatchObject({ replay: 'unknown' })
  broken = false
  expect(await foretell(session, { head, base, target })).toMatchObject({ replay: null, handoff: null, setup: null })
  expect(await foretell(session, { head, base, target })).toMatchObject({ replay: null })
  expect(tried).toBe(2)
})
