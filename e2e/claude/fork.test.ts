/** Forks and research sessions with the real Claude Code: whose conversation, whose money, which files. */

import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Session } from '../../shared/model/session.ts'
import { git } from '../demo/repository.ts'
import { launchSettings } from '../../electron/sessions/launch.ts'
import { bash, edit, read, say, script, write, type Step } from '../model/scripts.ts'
import { makeBench, print, transcripts, until } from '../model/testing.ts'
import { openClaudeHouse, type ClaudeHouse } from './house.ts'

vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000, maxConcurrency: 6 })

const WITHIN_MS = 45_000
let house: ClaudeHouse

beforeAll(async () => {
  house = await openClaudeHouse()
})

afterAll(async () => {
  await house.close()
})

const show = async (name: string): Promise<Session> => (await house.call('session.show', { name })) as Session
const comes = async (name: string, wanted: (session: Session) => boolean): Promise<Session> => {
  const found = await until(() => show(name), wanted, WITHIN_MS)
  return found
}

/** What Claude Code keeps of a conversation. */
async function transcript(conversation: string): Promise<string> {
  const projects = join(house.home.config, 'projects')
  for (const slug of await readdir(projects).catch(() => [])) {
    const text = await readFile(join(projects, slug, `${conversation}.jsonl`), 'utf8').catch(() => null)
    if (text !== null) return text
  }
  return ''
}

const USAGE = { usage: { input_tokens: 200_000, output_tokens: 10_000 } }

test.concurrent('a fork has the conversation under another id, is told where it is, and its money is counted once', async () => {
  const first = await house.start('login', [{ ...say('The first answer, about logging in.'), ...USAGE }])
  await first.becomes('idle')
  const parent = await comes('login', ({ spentUsd }) => spentUsd > 0)
  await git(house.home.env, parent.worktree, 'commit', '--quiet', '--allow-empty', '--message=Ahead')
  await writeFile(join(parent.worktree, 'uncommitted.txt'), 'stays\n')

  const prompt = script([{ ...say('The answer of the fork.'), ...USAGE }])
  const fork = (await house.call('session.fork', { name: 'login', to: 'login-2', prompt })) as Session
  expect(fork).toMatchObject({ name: 'login-2', forkedFrom: parent.id, branch: 'sluice/login-2' })
  expect(fork.claudeSession).not.toBe(parent.claudeSession)
  await comes('login-2', ({ state }) => state === 'working' || state === 'idle')
  const idle = await comes('login-2', ({ state, contextPercent }) => state === 'idle' && contextPercent > 0)
  const copied = await transcript(fork.claudeSession!)
  expect(copied).toContain('The first answer, about logging in.')
  expect(copied).toContain('The answer of the fork.')
  expect(copied).toContain(fork.worktree)
  expect(await transcript(parent.claudeSession!)).not.toContain('The answer of the fork.')
  expect(idle).toMatchObject({ ahead: 1, dirty: false, claudeSession: fork.claudeSession })
  // Its own turn costs what the first one's did; the first one's is not counted again.
  const metered = await comes('login-2', ({ spentUsd }) => spentUsd > 0)
  expect(metered.spentUsd).toBeLessThan(parent.spentUsd * 1.5)
  expect(metered.spentUsd).toBeGreaterThan(parent.spentUsd * 0.5)
  expect((await show('login')).spentUsd).toBe(parent.spentUsd)
})

test.concurrent('a fork without a prompt waits, with nothing spent', async () => {
  const first = await house.start('plain', [{ ...say('Said.'), ...USAGE }])
  await first.becomes('idle')
  await house.call('session.fork', { name: 'plain', to: 'quiet' })
  const idle = await comes('quiet', ({ state }) => state === 'idle')
  expect(idle.spentUsd).toBe(0)
})

test.concurrent('prompts sent to a research session are confirmed, also one that comes while it works', async () => {
  const life = await house.start('asked', [say('Hello.'), bash('sleep 2'), say('Waited.')], 'plan', { research: true })
  await life.becomes('idle')
  for (const text of ['Where is the README?', 'And while you look: what is in it?', 'Thank you.']) {
    expect(await house.client.call('session.send', { name: 'asked', text })).toMatchObject({ ok: true })
  }
  await life.becomes('idle')
  expect(life.now()).not.toHaveProperty('unsent')
})

const SHIFT_TAB = '\u001B[Z'

test.concurrent('a research session cannot write, in no mode that a key leads to', async () => {
  const [fresh, old] = [join(house.repository, 'written.txt'), join(house.repository, 'README.md')]
  const round = (number: number): readonly Step[] => [
    { ...say(`Round ${number}.`), ...write(fresh, 'written\n'), delayMs: 2500 },
    edit(old, '# Shop', '# Sold'),
  ]
  const steps = [read(old), ...[1, 2, 3, 4].flatMap(round), say('Tried it all.')]
  const life = await house.start('why', steps, 'acceptEdits', { research: true })
  expect(life.session).toMatchObject({ worktree: house.repository, branch: 'main', permissionMode: 'plan' })
  const log = (): Promise<string> => transcript(life.session.claudeSession!)
  // Each once: what it writes down of a turn may come twice.
  const refusals = (text: string): number =>
    new Set(
      text.split('\n').flatMap((line) => (line.includes('"is_error":true') ? (/"tool_use_id":"[^"]+"/u.exec(line) ?? []) : [])),
    ).size
  // Shift+Tab leads through the modes, one after the other.
  for (const round of [1, 2, 3]) {
    await until(log, (text) => refusals(text) >= 2 * round, WITHIN_MS)
    life.type(SHIFT_TAB)
  }
  await life.becomes('idle')
  // Claude Code writes its conversation a little later.
  const said = await until(log, (text) => refusals(text) >= 8, WITHIN_MS)
  expect(said).toContain('Write is disabled for this session, in subagents as well as here.')
  expect(await readdir(house.repository)).not.toContain('written.txt')
  expect(await readFile(old, 'utf8')).toBe('# Shop\n')
})

test.concurrent(
  'the shell of a research session writes no file either, where edits are accepted, and reads all the same',
  async () => {
    const bench = await makeBench()
    try {
      const settings = JSON.parse(
        launchSettings({ ledger: bench.folder, userStatusLine: null, host: process.pid, research: true }),
      ) as { permissions: object }
      const before = await readdir(bench.repository)
      const writing = [
        'touch new',
        'echo x > new',
        'sed -i s/Shop/Sold/ README.md',
        'cp README.md new',
        'mkdir new',
        'rm README.md',
      ]
      const steps = [...writing, 'git log --oneline 2>/dev/null', 'cat README.md'].map((command) => bash(command))
      const { permissions } = settings
      const words = ['--settings', JSON.stringify({ permissions }), script([...steps, say('Tried it all.')])]
      const printed = await print(bench, words)
      expect(printed).toMatchObject({ code: 0, errors: '' })
      const log = await transcripts(bench)
      expect(log.match(/has been denied/gu)?.length).toBeGreaterThanOrEqual(writing.length)
      expect(log).toContain('Open the shop')
      expect(await readdir(bench.repository)).toEqual(before)
      expect(await readFile(join(bench.repository, 'README.md'), 'utf8')).toBe('# Shop\n')
    } finally {
      await bench.dispose()
    }
  },
)
