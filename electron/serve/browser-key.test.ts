import { mkdtemp, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { browserKey } from './browser-key.ts'

test('the key of a data directory stays, so that an open page comes back after a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-key-'))
  const key = await browserKey(folder)
  expect(key).toMatch(/^[\w-]{43}$/u)
  expect(await browserKey(folder)).toBe(key)
  expect((await stat(join(folder, 'browser.key'))).mode & 0o777).toBe(0o600)
})

test('a key that is cut short is replaced, never used', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-key-'))
  await writeFile(join(folder, 'browser.key'), 'short')
  expect(await browserKey(folder)).toMatch(/^[\w-]{43}$/u)
})
