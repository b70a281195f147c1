import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { clearMergeFolders, makeMergeFolder } from './merge-folders.ts'
import { temporaryFolder } from './testing/repository.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const OLD = new Date(NOW.getTime() - 3_600_001)

/** The number of a process that has ended. */
async function ended(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid ?? 0
}

test('only what a process that is gone left more than an hour ago is removed', async () => {
  const folder = await temporaryFolder()
  const pid = await ended()
  const living = basename(await makeMergeFolder(folder))
  const [abandoned, young, file] = [`sluice-merge-${pid}-abcDEF`, `sluice-merge-${pid}-ghiJKL`, `sluice-merge-${pid}-mnoPQR`]
  const strange = [`sluice-merge-${pid}`, `sluice-merge-${pid}-abcDEF.kept`, `sluice-merge-0-abcDEF`, 'sluice-merge-abcDEF']
  for (const name of [abandoned, young, ...strange]) await mkdir(join(folder, name, 'aa'), { recursive: true })
  await writeFile(join(folder, abandoned, 'aa', 'object'), 'x')
  await writeFile(join(folder, file), 'x')
  for (const name of [living, abandoned, file, ...strange]) await utimes(join(folder, name), OLD, OLD)
  await utimes(join(folder, young), NOW, NOW)

  expect(await clearMergeFolders(folder, NOW)).toBe(1)
  expect(await readdir(folder)).toEqual([living, young, file, ...strange].toSorted())
})

test('a folder that is not there is none', async () => {
  expect(await clearMergeFolders(join(await temporaryFolder(), 'nowhere'), NOW)).toBe(0)
})
