import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { userStatusLine } from './status-line.ts'

let config: string
let worktree: string

beforeEach(async () => {
  config = await mkdtemp(join(tmpdir(), 'sluice-config-'))
  worktree = await mkdtemp(join(tmpdir(), 'sluice-worktree-'))
  await mkdir(join(worktree, '.claude'))
})

afterEach(() => Promise.all([config, worktree].map((path) => rm(path, { recursive: true, force: true }))))

const write = (folder: string, name: string, command: string): Promise<void> =>
  writeFile(join(folder, name), JSON.stringify({ statusLine: { type: 'command', command, padding: 1 } }))
const commandNow = async (): Promise<string | undefined> => (await userStatusLine(config, worktree))?.command

test('the nearest settings win: the worktree’s local ones, the worktree’s, the user’s', async () => {
  expect(await userStatusLine(config, worktree)).toBeNull()
  await write(config, 'settings.json', 'user')
  expect(await userStatusLine(config, worktree)).toMatchObject({ command: 'user', padding: 1 })
  await write(join(worktree, '.claude'), 'settings.json', 'project')
  expect(await commandNow()).toBe('project')
  await write(join(worktree, '.claude'), 'settings.local.json', 'local')
  expect(await commandNow()).toBe('local')
})

test('settings without a status line, or that cannot be read, are passed over', async () => {
  await write(config, 'settings.json', 'user')
  await writeFile(join(worktree, '.claude', 'settings.json'), '{"model":"sonnet"}')
  await writeFile(join(worktree, '.claude', 'settings.local.json'), '{"statusLine":')
  expect(await commandNow()).toBe('user')
})
