import { expect, onTestFinished, test } from 'vitest'
import { createRepository } from '../git/testing/repository.ts'
import type { Git } from '../git/run.ts'
import { createRepositories, type RepositoryRecord } from './repositories.ts'

/** Two repositories, and what opens them: before each command of git in the first one, `meanwhile` has its turn. */
async function two() {
  const [shop, docs] = [await createRepository(), await createRepository({ name: 'docs' })]
  const kept = new Map<string, RepositoryRecord>()
  let meanwhile = (): Promise<unknown> => Promise.resolve()
  const git: Git = {
    async run(request) {
      if (request.cwd === shop.path) await meanwhile()
      return shop.git.run(request)
    },
  }
  const repositories = createRepositories({
    git,
    store: {
      byPath: (path) => kept.get(path) ?? null,
      recent: () => [...kept.keys()],
      keep: (_fact, record) => void kept.set(record.path, record),
    },
    now: () => new Date(0),
    failed: () => undefined,
  })
  onTestFinished(() => repositories.close())
  await repositories.open(shop.path)
  return { shop, docs, kept, repositories, during: (work: () => Promise<unknown>) => (meanwhile = work) }
}

test('a setting that is asked for while another repository opens changes neither', async () => {
  const { shop, docs, kept, repositories, during } = await two()
  await shop.raw('branch', 'next')
  during(async () => {
    during(() => Promise.resolve())
    await repositories.open(docs.path)
  })
  expect(await repositories.setConfig('target', 'next')).toMatchObject({
    failure: { code: 'no-repository', message: expect.stringContaining('Another repository') },
  })
  expect([...kept.values()].map(({ config }) => config.target)).toEqual(['main', 'main'])
})

test('two settings that are asked for at once are both kept', async () => {
  const { shop, kept, repositories } = await two()
  await shop.raw('branch', 'next')
  await Promise.all([repositories.setConfig('target', 'next'), repositories.setConfig('setup', 'npm ci')])
  expect(kept.get(shop.path)?.config).toMatchObject({ target: 'next', setup: 'npm ci' })
})
