/** Sessions of users who have settled in: hooks turned off, a status line of their own, a folder that is not trusted. Nothing of theirs is written. */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { launchSettings } from '../../electron/sessions/launch.ts'
import { git } from '../demo/repository.ts'
import { bash, say, script } from '../model/scripts.ts'
import { makeBench, startTui, until } from '../model/testing.ts'
import { openClaudeHouse, type ClaudeHouse, type ClaudeHousePlan } from './house.ts'

vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000, maxConcurrency: 6 })

type Context = { onTestFinished(finish: () => Promise<void>): void }

async function open({ onTestFinished }: Context, plan: ClaudeHousePlan): Promise<ClaudeHouse> {
  const house = await openClaudeHouse(plan)
  onTestFinished(() => house.close())
  return house
}

test.concurrent('hooks turned off by the user: the status file alone is right', async (context) => {
  const house = await open(context, { settings: { disableAllHooks: true } })
  // It works until that was seen.
  const life = await house.start('deaf', [bash('touch a; while [ ! -e seen ]; do sleep 0.1; done'), say('Done.')])
  const asking = await life.becomes('needs-permission')
  expect(asking).toMatchObject({ waitingFor: 'permission prompt' })
  expect(asking.permission).toBeUndefined()
  const idle = life.becomes('idle')
  while (life.now().state !== 'idle') {
    await pause(800)
    if (life.now().state === 'needs-permission') life.type('\r')
    if (life.now().state === 'working') await writeFile(join(life.session.worktree, 'seen'), '')
  }
  await idle
  expect(life.states().filter((state) => state !== 'starting')).toEqual(['working', 'needs-permission', 'working', 'idle'])
  const ledger = join(house.folder, 'data', 'sessions', life.id)
  expect(await readFile(join(ledger, 'hooks.jsonl'), 'utf8')).toBe('')
})

test.concurrent('status files that cannot be read: the hooks tell, as far as they can', async (context) => {
  const house = await open(context, {})
  await writeFile(join(house.home.config, 'sessions'), 'not a folder')
  // Long enough that what comes after the answer is seen before it is over.
  const life = await house.start('blind', [bash('sleep 3; touch a'), say('Done.')])
  const { permission } = await life.when((session) => session.permission !== undefined)
  expect(life.now().state).toBe('needs-permission')
  await house.call('session.answer', { name: 'blind', permission: permission!.id, allow: true })
  await life.becomes('idle')
  // Until its first hook is heard, nothing is known: how long that takes is the machine's.
  const heard = life.states().slice(life.states().indexOf('working'))
  expect(heard).toEqual(['working', 'needs-permission', 'working', 'idle'])
})

test.concurrent('neither status file nor hooks: unknown, once it has had the time to start', async (context) => {
  const house = await open(context, { settings: { disableAllHooks: true } })
  await writeFile(join(house.home.config, 'sessions'), 'not a folder')
  const life = await house.start('dark', [say('Done.')])
  await life.becomes('unknown')
  expect(life.states()).toEqual(['starting', 'unknown'])
})

test.concurrent(
  'a folder that Claude Code does not trust: it asks at its start, and works when it is trusted',
  async (context) => {
    const house = await open(context, { trusted: false })
    const life = await house.start('stranger', [say('Hello.')])
    const asking = await life.when(({ waitingFor }) => waitingFor !== undefined)
    expect(asking).toMatchObject({ state: 'starting', waitingFor: 'a question at its start' })
    expect(asking.waitingSince).toBeDefined()
    // “No, exit” is what Enter alone would say; keys in the dialog’s first moments are not heard.
    await pause(2000)
    life.type('\u001B[A')
    await pause(300)
    life.type('\r')
    await life.becomes('idle')
  },
)

/** The user's own files in Claude's folder: path → hash; what Claude itself keeps is left out. */
async function ownFiles(config: string): Promise<ReadonlyMap<string, string>> {
  const files = (await readdir(config, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const paths = files
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => /settings|hooks|CLAUDE\.md|agents|commands|skills/u.test(path.slice(config.length)))
  const hashes = paths.map(
    async (path) =>
      [
        path,
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      ] as const,
  )
  return new Map(await Promise.all(hashes))
}

test.concurrent('the user’s status line and hooks run as before, and no file of theirs is touched', async (context) => {
  const mark = (name: string): string => `{ cat >/dev/null; echo ${name} >>"$HOME/ran"; echo "${name} shows"; }`
  const hook = { hooks: [{ type: 'command', command: 'echo stop >>"$HOME/ran"' }] }
  const house = await open(context, {
    settings: { statusLine: { type: 'command', command: mark('user-line') }, hooks: { Stop: [hook] } },
  })
  await mkdir(join(house.home.config, 'hooks'))
  await writeFile(join(house.home.config, 'hooks', 'own.sh'), 'exit 0\n')
  const before = await ownFiles(house.home.config)
  expect(before.size).toBe(2)
  const ran = (): Promise<string> => readFile(join(house.home.home, 'ran'), 'utf8').catch(() => '')

  const plain = await house.start('plain', [say('Hello.')])
  await plain.becomes('idle')
  await until(ran, (text) => text.includes('user-line') && text.includes('stop'))

  // The repository's own line goes before the user's.
  await mkdir(join(house.repository, '.claude'))
  await writeFile(
    join(house.repository, '.claude', 'settings.json'),
    JSON.stringify({ statusLine: { type: 'command', command: mark('project-line') } }),
  )
  await git(house.home.env, house.repository, 'add', '--all')
  await git(house.home.env, house.repository, 'commit', '--quiet', '--message=Line')
  const project = await house.start('project', [say('Hello.')])
  await project.becomes('idle')
  await until(ran, (text) => text.includes('project-line'))

  await house.call('session.stop', { name: 'plain' })
  await house.call('session.stop', { name: 'project' })
  expect(await ownFiles(house.home.config)).toEqual(before)
})

test.concurrent('a session that outlives Sluice works on without a word about hooks in its terminal', async () => {
  const bench = await makeBench()
  const gone = spawnSync('true').pid
  const settings = launchSettings({ ledger: join(bench.folder, 'nowhere'), userStatusLine: null, host: gone })
  const prompt = script([bash('touch a'), say('All done.')])
  const tui = startTui(bench, bench.repository, ['--permission-mode', 'manual', '--settings', settings, '--', prompt])
  try {
    await until(tui.status, ({ status }) => status === 'waiting')
    const press = async (): Promise<string | null> => {
      await pause(800)
      const { status } = await tui.status()
      if (status === 'waiting') tui.type('\r')
      return status
    }
    await until(press, (status) => status === 'idle')
    expect(await readdir(bench.repository)).toContain('a')
    expect(tui.screen()).toContain('All done.')
    // While a slow one runs, Claude Code says so itself; nothing of it stays.
    expect(await until(tui.shown, (text) => !/hook/iu.test(text))).toContain('All done.')
  } finally {
    await tui.stop()
    await bench.dispose()
  }
})

/** Every file under the folder: path inside of it → content and mode. */
async function filesOf(
  folder: string,
): Promise<readonly { readonly path: string; readonly text: string; readonly mode: number }[]> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const read = async (path: string) => {
    const [text, { mode }] = [await readFile(path, 'latin1'), await stat(path)]
    return [{ path: path.slice(folder.length + 1), text, mode: mode & 0o777 }]
  }
  // A file that is on its way to its own name may be gone by now.
  const files = entries.map(({ parentPath, name }) => read(join(parentPath, name)).catch(() => []))
  return (await Promise.all(files)).flat()
}

test.concurrent(
  'what a tool is to be given, a prompt that is kept and the environment are in no log, database or event',
  async (context) => {
    const [inTool, inPrompt, inEnvironment] = ['tool', 'prompt', 'environment'].map(
      (kind) => `canary-${kind}-${crypto.randomUUID()}`,
    )
    const house = await open(context, { env: { CANARY: inEnvironment! } })
    // Its own first prompt is kept by design: there, what the tool is given is written in another way.
    const steps = script([bash(`touch ${inTool}`), bash('touch second')]).replaceAll('canary-tool', String.raw`\u0063anary-tool`)
    const life = await house.start('careful', steps)
    const { permission, waitingFor } = await life.when((session) => session.permission !== undefined)
    expect([permission?.input, waitingFor].join(' ')).toContain(inTool)
    await house.call('session.send', { name: 'careful', text: inPrompt!, wait: true })
    await life.when(({ unsent }) => unsent?.text === inPrompt)
    const data = join(house.folder, 'data')
    const having = (name: string) =>
      until(
        () => filesOf(data),
        (files) => files.some(({ path }) => path.endsWith(name)),
      )
    const asking = await having('unsent.json')
    for (const kill of [1, 2]) {
      const { pid } = await life.when((session) => session.pid !== undefined && session.state !== 'starting')
      process.kill(pid!, 'SIGKILL')
      // It is started again once.
      await life.when((session) => session.pid !== pid && (kill === 1 ? session.pid !== undefined : session.state === 'crashed'))
    }
    const files = [...asking, ...(await having('last-output.txt'))]
    const told = await house.client.call('events.list', { limit: 10_000 })
    expect(JSON.stringify(told)).toContain('permission-asked')
    for (const secret of [inTool!, inPrompt!, inEnvironment!]) {
      const held = files.filter(({ text }) => text.includes(secret))
      // What the session itself hears, says and is to be told lies in its own folder, for the user’s eyes only.
      expect(held.filter(({ path, mode }) => !path.startsWith(join('sessions', life.id)) || mode !== 0o600)).toEqual([])
      expect(JSON.stringify(told)).not.toContain(secret)
      expect(house.logged.join('')).not.toContain(secret)
    }
    // All of it was there to be found.
    const holds = (secret: string): boolean => asking.some(({ text }) => text.includes(secret))
    expect([inTool!, inPrompt!, inEnvironment!].map(holds)).toEqual([true, true, false])
  },
)

test.concurrent('a subscriber at a limit: limited, and until when', async (context) => {
  const end = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000)
  const house = await open(context, { usedUpUntil: end })
  const life = await house.start('subscriber', [{ status: 429, times: 30 }, say('Never.')])
  const limited = await life.when(({ limitedUntil }) => limitedUntil !== undefined)
  expect(limited).toMatchObject({ state: 'limited', limitedUntil: end.toISOString() })
})
