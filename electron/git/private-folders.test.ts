import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { clearPrivateFolders, makePrivateFolder } from './private-folders.ts'
import { temporaryFolder } from './testing/repository.ts'

/** The number of a process that has ended. */
async function ended(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid ?? 0
}

test.each(['merge', 'index'] as const)('only what a process that is gone left is removed: %s', async (kind) => {
  const folder = await temporaryFolder()
  const pid = await ended()
  const living = basename(await makePrivateFolder(kind, folder))
  const [abandoned, half, file] = [
    `sluice-${kind}-${pid}-abcDEF`,
    `sluice-${kind}-${pid}-ghiJKL.removing-${crypto.randomUUID()}`,
    `sluice-${kind}-${pid}-mnoPQR`,
  ]
  const strange = [
    `sluice-${kind}-${pid}`,
    `sluice-${kind}-${pid}-abcDEF.kept`,
    `sluice-${kind}-0-abcDEF`,
    `sluice-${kind}-abcDEF`,
  ]
  for (const name of [abandoned, half, ...strange]) await mkdir(join(folder, name, 'aa'), { recursive: true })
  await writeFile(join(folder, abandoned, 'aa', 'object'), 'x')
  await writeFile(join(folder, file), 'x')

  expect(await clearPrivateFolders(folder)).toBe(2)
  expect(await readdir(folder)).toEqual([living, file, ...strange].toSorted())
})

test('a folder that is not there is none', async () => {
  expect(await clearPrivateFolders(join(await temporaryFolder(), 'nowhere'))).toBe(0)
})
