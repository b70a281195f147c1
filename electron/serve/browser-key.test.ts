import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { browserKey } from './browser-key.ts'

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-key-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('the secrets of a data directory stay, so that an open page comes back after a restart', async () => {
  const folder = emptyFolder()
  const key = await browserKey(folder)
  expect(key.cookieSecret).toMatch(/^[\w-]{43}$/u)
  expect(key.pageSecret).toMatch(/^[\w-]{43}$/u)
  expect(key.pageSecret).not.toBe(key.cookieSecret)
  expect(await browserKey(folder)).toEqual(key)
  expect((await stat(join(folder, 'browser.key'))).mode & 0o777).toBe(0o600)
  expect(await readdir(folder)).toEqual(['browser.key'])
})

test('a file that is cut short, or holds one secret only, is replaced and never used', async () => {
  const folder = emptyFolder()
  const one = 'A'.repeat(43)
  for (const text of ['', 'short', one, `${one}\n`, `${one}\n${one.slice(1)}\n`, `${one}\n${one}`]) {
    await writeFile(join(folder, 'browser.key'), text)
    const key = await browserKey(folder)
    expect([text, key.cookieSecret === one, key.pageSecret.length]).toEqual([text, false, 43])
    expect(await browserKey(folder)).toEqual(key)
  }
})
