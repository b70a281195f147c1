import { mkdtemp, writeFile } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diskRefusal } from './disk-refusal.ts'
import { removeFolder } from './remove-folder.ts'

async function thrownBy(work: () => unknown): Promise<unknown> {
  try {
    await work()
  } catch (error) {
    return error
  }
  throw new Error('It was not refused.')
}

test('a disk that is full is said as what it is, by SQLite and by the system', async () => {
  const database = new DatabaseSync(':memory:')
  database.exec('CREATE TABLE t (x); PRAGMA max_page_count = 2')
  const full = await thrownBy(() => database.exec(`INSERT INTO t VALUES (zeroblob(100000))`))
  database.close()
  expect(diskRefusal(full)).toMatch(/^The disk is full, .* then try again\.$/u)
  const system = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' })
  expect(diskRefusal(system)).toBe(diskRefusal(full))
})

test('what is a bug stays one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-kit-'))
  expect(diskRefusal(new Error('The disk is full'))).toBe(null)
  expect(diskRefusal('ENOSPC')).toBe(null)
  expect(diskRefusal(await thrownBy(() => writeFile(folder, 'x')))).toBe(null)
  expect(diskRefusal(await thrownBy(() => new DatabaseSync(':memory:').exec('nonsense')))).toBe(null)
  await removeFolder({ path: folder, root: tmpdir() })
})
