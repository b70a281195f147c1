import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { status } from '../../git/status.ts'
import { createRepository, temporaryFolder, type TestRepository } from '../../git/testing/repository.ts'
import { withoutHandoff } from '../../../shared/model/handoff.ts'
import { noteIn, noteMark, noteObstacle, notePath, writeNote } from './note-file.ts'

const look = async ({ git, trusted }: TestRepository) => {
  const { changes } = await status(git, trusted)
  return { note: await noteIn(git, trusted, changes), work: withoutHandoff(changes).map(({ path }) => path) }
}

test('a note that git does not track is the session’s own and no work, also where it is ignored', async () => {
  const repository = await createRepository()
  expect(await look(repository)).toEqual({ note: 'none', work: [] })
  await repository.write('HANDOFF.md', 'note\n')
  await repository.write('docs/HANDOFF.md', 'a page\n')
  expect(await look(repository)).toEqual({ note: 'own', work: ['docs/HANDOFF.md'] })
  await repository.write('.gitignore', 'HANDOFF.md\n')
  expect(await look(repository)).toEqual({ note: 'own', work: ['.gitignore'] })
})

test('a file of the repository is no note, and a change of it is work', async () => {
  const repository = await createRepository()
  await repository.commit('theirs', { 'HANDOFF.md': 'theirs\n' })
  await repository.write('HANDOFF.md', 'changed\n')
  expect(await look(repository)).toEqual({ note: 'tracked', work: ['HANDOFF.md'] })
})

test('it is written whole, keeps its mode, and what is written shows', async () => {
  const folder = await temporaryFolder()
  const path = notePath(folder)
  expect(await noteMark(path)).toBeNull()
  expect(await writeNote(path, 'one\n')).toBeNull()
  await chmod(path, 0o600)
  const before = await noteMark(path)
  expect(await writeNote(path, 'two\n')).toBeNull()
  expect(await noteMark(path)).not.toBe(before)
  expect(await readFile(path, 'utf8')).toBe('two\n')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readdir(folder)).toEqual(['HANDOFF.md'])
})

test('where it cannot be written there is a sentence, and nothing is left behind', async () => {
  const folder = await temporaryFolder()
  expect(await writeNote(join(folder, 'gone', 'HANDOFF.md'), 'x')).toContain('could not be written')
  await mkdir(notePath(folder))
  expect(await writeNote(notePath(folder), 'x')).toContain('The session was not stopped.')
  expect(await readdir(folder)).toEqual(['HANDOFF.md'])
  expect(await noteObstacle(folder)).toContain('is no file')
  const other = await temporaryFolder()
  await writeFile(join(other, 'mine'), 'mine\n')
  await symlink('mine', notePath(other))
  expect(await noteObstacle(other)).toContain('is a link')
  expect(await noteObstacle(join(other, 'gone'))).toContain('cannot be written to')
})
