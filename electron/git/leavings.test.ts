import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ignoredIn } from './leavings.ts'
import { createRepository } from './testing/repository.ts'

const elapsed = (): number => performance.now()

async function withIgnored() {
  const repository = await createRepository()
  await repository.commit('ignore', { '.gitignore': 'node_modules/\n*.log\n' })
  await mkdir(join(repository.path, 'node_modules/deep'), { recursive: true })
  await repository.write('node_modules/deep/a', 'x'.repeat(3000))
  await repository.write('node_modules/b', 'x'.repeat(2000))
  await repository.write('small.log', 'x')
  await repository.write('new.txt', 'not ignored')
  return repository
}

test('ignored files and whole folders are listed with their size, the largest first', async () => {
  const { git, trusted } = await withIgnored()
  expect(await ignoredIn(git, trusted, elapsed)).toEqual({
    entries: [
      { path: 'node_modules/', bytes: 5000, files: 2 },
      { path: 'small.log', bytes: 1 },
    ],
    bytes: 5001,
    files: 3,
    atLeast: false,
  })
})

test('a link counts as itself, never as what it leads to', async () => {
  const { git, trusted, path, around } = await withIgnored()
  await mkdir(join(around, 'elsewhere'))
  await writeFile(join(around, 'elsewhere/large'), 'x'.repeat(100_000))
  await symlink(join(around, 'elsewhere'), join(path, 'node_modules/link'))
  const { bytes, files } = await ignoredIn(git, trusted, elapsed)
  expect(files).toBe(4)
  expect(bytes).toBeLessThan(6000)
})

test('more than the limits is counted up to there, and said so', async () => {
  const { git, trusted } = await withIgnored()
  for (let at = 0; at < 30; at += 1) await writeFile(join(trusted.path, `${at}.log`), 'x')
  expect(await ignoredIn(git, trusted, elapsed, { entries: 10, milliseconds: 5000, listed: 50 })).toMatchObject({ atLeast: true })
  expect(await ignoredIn(git, trusted, elapsed, { entries: 1000, milliseconds: 0, listed: 50 })).toMatchObject({ atLeast: true })
  const few = await ignoredIn(git, trusted, elapsed, { entries: 1000, milliseconds: 60_000, listed: 5 })
  expect([few.entries.length, few.files, few.atLeast]).toEqual([5, 33, false])
})
