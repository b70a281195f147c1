import { appendFile, chmod, mkdir, mkdtemp, readFile, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { watchFolder } from './folder-watch.ts'

let around: string
let folder: string

beforeEach(async () => {
  around = await mkdtemp(join(tmpdir(), 'sluice-watch-'))
  folder = join(around, 'watched')
  await mkdir(join(folder, 'a/b/c'), { recursive: true })
  await writeFile(join(folder, 'a/b/file'), 'one')
})

afterEach(() => rm(around, { recursive: true, force: true }))

const CHANGES: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['a file that is new', () => writeFile(join(folder, 'a/b/c/new'), '')],
  ['a file that was written to in its place', () => appendFile(join(folder, 'a/b/file'), 'two')],
  ['a file that is gone', () => unlink(join(folder, 'a/b/file'))],
  ['a file whose access changed', () => chmod(join(folder, 'a/b/file'), 0o600)],
  ['a folder that is new', () => mkdir(join(folder, 'a/new'))],
  ['a folder that was renamed', () => rename(join(folder, 'a/b'), join(folder, 'a/d'))],
  ['a link that is new', () => symlink('/etc', join(folder, 'link'))],
  ['the folder itself that was moved', () => rename(folder, join(around, 'moved'))],
]

test.runIf(process.platform === 'linux').each(CHANGES)('%s is told', async (_what, change) => {
  const watch = await watchFolder(folder)
  expect(await watch?.isUntouched()).toBe(true)
  await change()
  expect(await watch?.isUntouched()).toBe(false)
  expect(await watch?.isUntouched()).toBe(false)
  await watch?.close()
})

test.runIf(process.platform === 'linux')('what happens beside the folder, and looking into it, is nothing', async () => {
  const watch = await watchFolder(folder)
  await writeFile(join(around, 'other'), '')
  await readFile(join(folder, 'a/b/file'))
  for (let looks = 0; looks < 5; looks += 1) expect(await watch?.isUntouched()).toBe(true)
  await watch?.close()
  expect(await watch?.isUntouched()).toBe(false)
})

test('a folder that is not there is not watched', async () => {
  expect(await watchFolder(join(around, 'none'))).toBe(null)
})
