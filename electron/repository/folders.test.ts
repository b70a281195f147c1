import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../git/testing/repository.ts'
import { expandPath, listFolders } from './folders.ts'

test.each([
  ['~', '/home/ada'],
  ['~/', '/home/ada'],
  [' ~/code/../x ', '/home/ada/x'],
  ['/srv//git/', '/srv/git'],
  ['/', '/'],
  ['~bob', null],
  ['code', null],
  ['./code', null],
  ['', null],
  ['/a\0b', null],
])('“%s” means %s', (typed, path) => expect(expandPath(typed, '/home/ada')).toBe(path))

async function listed(path: string, home = '/nowhere') {
  const answer = await listFolders(path, home)
  if (!answer.ok) throw new Error(answer.failure.message)
  return answer.value
}

test('folders in natural order, hidden ones last, files left out', async () => {
  const home = await temporaryFolder()
  for (const name of ['v10', 'v9', 'Äpfel', 'b', 'A', '.cache', 'with space', 'new\nline']) await mkdir(join(home, name))
  await writeFile(join(home, 'file'), '')
  const { folders, path, truncated, repository } = await listed('~', home)
  expect(folders.map((one) => one.name)).toEqual(['A', 'Äpfel', 'b', 'new\nline', 'v9', 'v10', 'with space', '.cache'])
  expect({ path, truncated, repository }).toEqual({ path: home, truncated: false, repository: false })
})

test('a repository is one that has .git, be it a folder or a file', async () => {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'main/.git'), { recursive: true })
  await mkdir(join(folder, 'worktree'))
  await writeFile(join(folder, 'worktree/.git'), 'gitdir: elsewhere\n')
  await mkdir(join(folder, 'plain'))
  expect((await listed(folder)).folders).toEqual([
    { name: 'main', repository: true },
    { name: 'plain', repository: false },
    { name: 'worktree', repository: true },
  ])
  expect(await listed(join(folder, 'main'))).toMatchObject({ repository: true, parent: folder })
})

test('a link to a folder is one; a link to a file, to nothing or to itself is none', async () => {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'real/.git'), { recursive: true })
  await writeFile(join(folder, 'file'), '')
  for (const [to, name] of [
    ['real', 'link'],
    ['file', 'to-file'],
    ['gone', 'to-nothing'],
    ['loop', 'loop'],
  ])
    await symlink(to!, join(folder, name!))
  expect((await listed(folder)).folders).toEqual([
    { name: 'link', repository: true },
    { name: 'real', repository: true },
  ])
})

test('so many are listed, and it is said that there are more', async () => {
  const folder = await temporaryFolder()
  await Promise.all(Array.from({ length: 501 }, (_, index) => mkdir(join(folder, `f${index}`))))
  const { folders, truncated } = await listed(folder)
  expect([folders.length, truncated, folders.at(-1)?.name]).toEqual([500, true, 'f499'])
})

test('what is shown of more folders than are read is in order too', async () => {
  const folder = await temporaryFolder()
  for (let from = 0; from < 5500; from += 500)
    await Promise.all(Array.from({ length: 500 }, (_, index) => mkdir(join(folder, `f${from + index}`))))
  const { folders, truncated } = await listed(folder)
  const numbers = folders.map(({ name }) => Number(name.slice(1)))
  expect([numbers.length, truncated]).toEqual([500, true])
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
})

test('the root has nothing above it', async () => {
  expect(await listed('/')).toMatchObject({ path: '/', parent: null })
})

test('what cannot be listed is refused with a sentence', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'file'), '')
  await mkdir(join(folder, 'closed'))
  await chmod(join(folder, 'closed'), 0)
  const refused = async (path: string) => {
    const answer = await listFolders(path, folder)
    return answer.ok ? 'listed' : `${answer.failure.code}: ${answer.failure.message}`
  }
  expect(await refused('gone')).toMatch(/^not-a-folder: “gone” does not say where to begin/u)
  expect(await refused('~/gone')).toBe(`not-a-folder: There is no folder ${folder}/gone.`)
  expect(await refused('~/file')).toMatch(/^not-a-folder: .*is not a folder/u)
  expect(await refused(`/${'x'.repeat(300)}`)).toMatch(/^unreadable: .*ENAMETOOLONG/u)
  // Root may read everything.
  expect(await refused('~/closed')).toMatch(process.getuid?.() === 0 ? /^listed/u : /^unreadable: Sluice may not read/u)
})
