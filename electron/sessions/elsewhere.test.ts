import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { processStart } from '../kit/processes.ts'
import { processWith } from './elsewhere.ts'

async function home(files: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-elsewhere-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'sessions'))
  for (const [name, told] of Object.entries(files))
    await writeFile(join(folder, 'sessions', name), typeof told === 'string' ? told : JSON.stringify(told))
  return folder
}

const { pid } = process

test('a live process with the conversation has it open', async () => {
  const procStart = (await processStart(pid)) ?? undefined
  expect(await processWith(await home({ [`${pid}.json`]: { pid, sessionId: 'c', procStart } }), 'c')).toBe(pid)
  expect(await processWith(await home({ [`${pid}.json`]: { pid, sessionId: 'c' } }), 'c')).toBe(pid)
})

test('another conversation, a process that ended, and one that got its number later do not', async () => {
  expect(await processWith(await home({ [`${pid}.json`]: { pid, sessionId: 'other' } }), 'c')).toBeNull()
  expect(await processWith(await home({ '1.json': { pid: 2 ** 30, sessionId: 'c', procStart: '1' } }), 'c')).toBeNull()
})

test.runIf(process.platform === 'linux')('a number that was given again is told by the start', async () => {
  expect(await processWith(await home({ [`${pid}.json`]: { pid, sessionId: 'c', procStart: '1' } }), 'c')).toBeNull()
})

test('files that make no sense, and no folder at all, are passed over', async () => {
  const odd = { '1.json': 'half a fi', '2.json': [], '3.json': { pid: -1, sessionId: 'c' }, 'x.json': { pid, sessionId: 'c' } }
  expect(await processWith(await home(odd), 'c')).toBeNull()
  expect(await processWith('/nowhere', 'c')).toBeNull()
})
