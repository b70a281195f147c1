import { expect, test } from 'vitest'
import { GitError } from './failure.ts'
import { parseOid } from './names.ts'
import { createRepository } from './testing/repository.ts'
import { filesOfCommit } from './tree.ts'

const NAMES = ['README.md', 'a b/ü ß.txt', 'app/[id]/page.tsx', 'back\\slash', 'line\nbreak.txt', 'quo"te', '-n', '日本/語.md']

test('names come as they are, from all folders', async () => {
  const { git, trusted, commit } = await createRepository()
  const head = await commit('names', Object.fromEntries(NAMES.map((name) => [name, name])))
  expect([...(await filesOfCommit(git, trusted, head))].toSorted()).toEqual(NAMES.toSorted())
})

test('they are those of the commit, not of the folder, and need no trust', async () => {
  const { git, untrusted, commit, write, raw, oid } = await createRepository()
  const head = await commit('one', { 'src/one.ts': '' })
  await write('src/two.ts', '')
  await raw('rm', '--quiet', 'src/one.ts')
  expect(await filesOfCommit(git, untrusted, head)).toEqual(['README.md', 'src/one.ts'])
  expect(await filesOfCommit(git, untrusted, await oid('HEAD~1'))).toEqual(['README.md'])
})

test('a commit that is not there is an error with a sentence', async () => {
  const { git, trusted } = await createRepository()
  const listing = filesOfCommit(git, trusted, parseOid('1'.repeat(40))!)
  await expect(listing).rejects.toBeInstanceOf(GitError)
  await expect(listing).rejects.toThrow(/Git could not list the files of a commit/u)
})
