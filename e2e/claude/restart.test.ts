/** Real Claude Codes that are killed, and hosts that are killed under them: what was in hand goes on, once each, and says what happened. */

import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { processStart } from '../../electron/kit/processes.ts'
import type { Event } from '../../shared/model/event.ts'
import type { Session } from '../../shared/model/session.ts'
import { makeShop } from '../demo/repository.ts'
import { startHost, type Answer, type Host } from '../demo/sluice.ts'
import { CLAUDE, makeClaudeHome } from '../model/claude-home.ts'
import { bash, say, script, write, type Step } from '../model/scripts.ts'
import { startModel } from '../model/server.ts'
import { startTui, until } from '../model/testing.ts'

vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000, maxConcurrency: 3 })

/** A repository, a home with the scripted model, and hosts of their own, so that scenes run beside each other. */
async function openScene({ onTestFinished }: { onTestFinished(finish: () => Promise<void>): void }) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-restart-')))
  const repository = join(folder, 'shop')
  await mkdir(repository)
  const hosts: Host[] = []
  const model = await startModel()
  onTestFinished(async () => {
    await Promise.all(hosts.map((host) => host.stop()))
    await model.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  })
  const home = await makeClaudeHome({
    folder,
    model: model.url,
    repositories: [repository],
    env: { SHELL: '/bin/sh', XDG_RUNTIME_DIR: join(folder, 'run'), CLAUDE_CODE_MAX_RETRIES: '3' },
  })
  await mkdir(join(folder, 'run'))
  await writeFile(join(home.config, 'settings.json'), JSON.stringify({ permissions: { allow: ['Bash'] } }))
  await makeShop(home.env, repository)

  async function serve(): Promise<Host> {
    const words = [repository, '--trust', '--claude', CLAUDE, '--port', '0']
    const host = await startHost({ env: home.env, dataDir: join(folder, 'data'), words })
    hosts.push(host)
    return host
  }

  /** The processes that have a conversation open, as their own status files tell. */
  async function processesOn(conversation: string): Promise<readonly number[]> {
    const sessions = join(home.config, 'sessions')
    const open: number[] = []
    for (const name of await readdir(sessions)) {
      try {
        const told = JSON.parse(await readFile(join(sessions, name), 'utf8')) as {
          pid: number
          sessionId: string
          procStart: string
        }
        if (told.sessionId === conversation && (await processStart(told.pid)) === told.procStart) open.push(told.pid)
      } catch {
        // It went away while we looked.
      }
    }
    return open
  }

  /** Works until a file is there; then writes `done`. `word` is found in its command line. */
  function working(word: string): readonly Step[] {
    const go = join(folder, `${word}-go`)
    return [
      bash(`touch ${join(folder, `${word}-begun`)}; while [ ! -e ${go} ]; do sleep 0.2; done; echo ${word}`),
      say(`${word} is done.`),
    ]
  }

  const begun = (word: string): Promise<boolean> => until(() => exists(join(folder, `${word}-begun`)), Boolean)

  return { folder, home, serve, working, begun, processesOn }
}

/** kill -9, and its end seen. */
async function kill(host: Host): Promise<void> {
  process.kill(host.pid, 'SIGKILL')
  await host.stop()
}

async function value<T>(answer: Promise<Answer>): Promise<T> {
  const { code, json, stderr } = await answer
  if (code !== 0) throw new Error(`It ended with ${code}: ${JSON.stringify(json)} ${stderr}`)
  return json as T
}

async function start(host: Host, name: string, steps: readonly Step[], ...more: readonly string[]): Promise<Session> {
  return value(host.ask('session', 'start', name, '--prompt', script(steps), '--model', 'sonnet', ...more))
}

const wait = (host: Host, name: string, state: string): Promise<Session> =>
  value(host.ask('session', 'wait', name, '--state', state, '--timeout', '300'))

/** Looks until the session is as wanted. */
const when = (host: Host, name: string, wanted: (session: Session) => boolean): Promise<Session> =>
  until(() => show(host, name), wanted)

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** Asked over HTTP: a process of its own for each look costs more than what is looked at. */
async function ask<T>(host: Host, call: string, params: object): Promise<T> {
  const { port, token } = JSON.parse(await readFile(join(host.dataDir, 'host.json'), 'utf8')) as { port: number; token: string }
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await fetch(`http://127.0.0.1:${port}/call/${call}`, { method: 'POST', headers, body: JSON.stringify(params) })
  const said = (await answer.json()) as { ok: boolean; value: T }
  if (!said.ok) throw new Error(JSON.stringify(said))
  return said.value
}

const list = (host: Host): Promise<readonly Session[]> => ask(host, 'session.list', {})
const show = (host: Host, name: string): Promise<Session> => ask(host, 'session.show', { name })
const eventsOf = async (host: Host, { id }: Session): Promise<readonly Event[]> =>
  ask(host, 'events.list', { session: id, limit: 10_000 })

/** True while a process with this word in its command line runs: the word is the test's own. */
async function runs(word: string): Promise<boolean> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/u.test(name))) {
    const command = await readFile(join('/proc', pid, 'cmdline'), 'utf8').catch(() => '')
    if (command.includes(word)) return true
  }
  return false
}

test.concurrent(
  'a Claude Code that is killed is started again once, with its conversation; the command it had running is shown and ends with the session',
  async (context) => {
    const { serve, working, begun, processesOn } = await openScene(context)
    const host = await serve()
    const [word, next] = [`tool-${crypto.randomUUID()}`, `next-${crypto.randomUUID()}`]
    const steps = [write('a.txt', 'a\n'), ...working(word).slice(0, 1), ...working(next)]
    const first = await start(host, 'a', steps, '--permission-mode', 'acceptEdits')
    await begun(word)
    const before = await show(host, 'a')
    process.kill(before.pid!, 'SIGKILL')

    const again = await when(host, 'a', ({ state, pid }) => pid !== undefined && pid !== before.pid && state !== 'starting')
    expect(again.claudeSession).toBe(before.claudeSession)
    expect(again.cutOff).toMatch(/working when its Claude Code crashed/u)
    expect(await processesOn(again.claudeSession!)).toEqual([again.pid])
    const shown = await when(host, 'a', ({ leftovers }) => (leftovers ?? []).some(({ command }) => command.includes(word)))
    expect(shown.leftovers!.every(({ pid }) => pid !== shown.pid)).toBe(true)
    expect(await value(host.ask('session', 'show', 'a'))).toMatchObject({ worktree: first.worktree })

    // The second time it stays, with its last words.
    await begun(next)
    process.kill(again.pid!, 'SIGKILL')
    expect(await wait(host, 'a', 'crashed')).toMatchObject({ exit: { signal: 'SIGKILL' } })
    await until(
      () => value<{ text: string }>(host.ask('session', 'output', 'a')),
      ({ text }) => text.trim() !== '',
    )
    expect(await runs(next)).toBe(true)
    await value(host.ask('session', 'stop', 'a'))
    expect([await runs(word), await runs(next)]).toEqual([false, false])
    expect(await show(host, 'a')).not.toHaveProperty('leftovers')
  },
)

test.concurrent(
  'five sessions under a host that is killed: those with something in hand go on in their conversations, one process each; the idle one waits to be asked',
  async (context) => {
    const { serve, folder, working, begun, processesOn } = await openScene(context)
    const host = await serve()
    await value(host.ask('config', 'set', 'maxSessions', '8'))
    const words = ['w1', 'w2', 'w3'].map((name) => `${name}-${crypto.randomUUID()}`)
    for (const [at, word] of words.entries()) {
      const steps = [write(`${at}.txt`, 'x\n'), ...working(word).slice(0, 1), ...working(`${word}-next`)]
      await start(host, `w${at + 1}`, steps, '--permission-mode', 'acceptEdits')
    }
    await start(
      host,
      'asking',
      [write('asked.txt', 'x\n'), write('again.txt', 'x\n'), say('Written.')],
      '--permission-mode',
      'manual',
    )
    await start(host, 'idle', [say('Nothing to do.')])
    await Promise.all([...words.map(begun), wait(host, 'asking', 'needs-permission'), wait(host, 'idle', 'idle')])
    const before = new Map((await list(host)).map((session) => [session.name, session]))
    await kill(host)

    const second = await serve()
    const back = ['w1', 'w2', 'w3', 'asking']
    for (const name of back) {
      const was = before.get(name)!
      const now = await when(
        second,
        name,
        ({ pid, state }) => pid !== undefined && pid !== was.pid && ['working', 'needs-permission'].includes(state),
      )
      expect(now).toMatchObject({ claudeSession: was.claudeSession, order: was.order, worktree: was.worktree })
      expect(now.cutOff).toMatch(
        name === 'asking' ? /asking for your permission when Sluice ended/u : /working when Sluice ended/u,
      )
      expect(await processesOn(now.claudeSession!)).toEqual([now.pid])
    }
    expect(await show(second, 'idle')).toMatchObject({ state: 'exited', claudeSession: before.get('idle')!.claudeSession })
    expect(await processesOn(before.get('idle')!.claudeSession!)).toEqual([])

    await Promise.all(words.map((word) => writeFile(join(folder, `${word}-next-go`), '')))
    for (const name of ['w1', 'w2', 'w3']) {
      const done = await when(second, name, ({ state }) => state === 'idle')
      expect(done).not.toHaveProperty('cutOff')
    }
    expect(await value(second.ask('session', 'resume', 'idle'))).toMatchObject({ name: 'idle' })
    expect(await wait(second, 'idle', 'idle')).toMatchObject({ claudeSession: before.get('idle')!.claudeSession })
    expect((await eventsOf(second, before.get('w1')!)).filter(({ kind }) => kind === 'session-launched')).toHaveLength(2)
  },
)

test.concurrent(
  'a graceful quit in the middle of a turn leaves no process, and the turn goes on at the next start',
  async (context) => {
    const { serve, working, begun } = await openScene(context)
    const host = await serve()
    const word = `quit-${crypto.randomUUID()}`
    const steps = [write('a.txt', 'a\n'), ...working(word).slice(0, 1), ...working(`${word}-next`)]
    await start(host, 'a', steps, '--permission-mode', 'acceptEdits')
    await begun(word)
    const before = await show(host, 'a')
    expect(await host.stop()).toBe(0)
    expect(await runs(word)).toBe(false)
    expect(await processStart(before.pid!)).toBeNull()

    const second = await serve()
    const now = await when(second, 'a', ({ pid, state }) => pid !== undefined && state === 'working')
    expect(now.claudeSession).toBe(before.claudeSession)
    expect(now.cutOff).toMatch(/working when Sluice ended/u)
    expect(now).not.toHaveProperty('leftovers')

    // What the user stops has come to its end: nothing goes on by itself.
    await value(second.ask('session', 'stop', 'a'))
    expect(await second.stop()).toBe(0)
    const third = await serve()
    expect(await show(third, 'a')).toMatchObject({ state: 'exited' })
  },
)

test.concurrent('with the setting off nothing goes on by itself, and it is said what was cut off', async (context) => {
  const { serve, folder, working, begun } = await openScene(context)
  const host = await serve()
  const word = `off-${crypto.randomUUID()}`
  await start(host, 'a', working(word))
  await begun(word)
  await ask(host, 'settings.set', { key: 'resumeWorking', value: false })
  await kill(host)
  const second = await serve()
  const now = await when(second, 'a', ({ state }) => state === 'exited')
  expect(now.cutOff).toMatch(/working when Sluice ended/u)
  const resumed = await value<Session>(second.ask('session', 'resume', 'a'))
  expect(resumed.claudeSession).toBe(now.claudeSession)
  await writeFile(join(folder, `${word}-go`), '')
  expect(await when(second, 'a', ({ state, cutOff }) => state === 'idle' && cutOff === undefined)).toMatchObject({ name: 'a' })
})

test.concurrent('a conversation that is open in a terminal of the user’s is not opened twice', async (context) => {
  const { serve, home } = await openScene(context)
  const host = await serve()
  await start(host, 'a', [say('Hello.')])
  const idle = await wait(host, 'a', 'idle')
  await value(host.ask('session', 'stop', 'a'))
  const tui = startTui(home, idle.worktree, ['--resume', idle.claudeSession!])
  await until(tui.status, ({ status }) => status === 'idle')
  expect(await host.ask('session', 'resume', 'a')).toMatchObject({
    code: 1,
    json: { error: { code: 'in-use', message: expect.stringContaining(`process ${tui.pid}`) } },
  })
  await tui.stop()
  expect(await value(host.ask('session', 'resume', 'a'))).toMatchObject({ claudeSession: idle.claudeSession })
})
