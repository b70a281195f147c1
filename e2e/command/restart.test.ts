/** What a session started ends with it, what crashes is told, and no two of anything run: with a program in place of Claude Code. */

import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { processStart } from '../../electron/kit/processes.ts'
import type { Session } from '../../shared/model/session.ts'
import { runSluice, startHost, type Host } from '../demo/sluice.ts'
import { until } from '../until.ts'
import { makeBench, type Bench } from './testing.ts'

const TIME_MS = 300_000
/** How long a host is stopped: long enough for every timer of a start or a look to be late. */
const STOPPED_MS = 4000

let bench: Bench
let claude: string
let pids: string

/** Stands for Claude Code: says its version, does `body`, then waits for its end. */
const quiet = (body: string): string =>
  `#!/bin/sh\ncase "$1" in --version) echo "2.1.329 (Claude Code)"; exit;; esac\n${body}\nwhile :; do sleep 0.2; done\n`

beforeEach(async () => {
  bench = await makeBench()
  claude = join(bench.folder, 'claude')
  pids = join(bench.folder, 'pids')
  await mkdir(pids)
  await writeFile(join(bench.folder, 'stay'), STAY)
  await chmod(join(bench.folder, 'stay'), 0o755)
  await program('')
})
afterEach(() => bench.close(), TIME_MS)

async function program(body: string): Promise<void> {
  await writeFile(claude, quiet(body))
  await chmod(claude, 0o755)
}

/** Leaves its number in a folder under a name, and stays; with a third word it does not listen. */
const STAY = `#!/bin/sh
PATH=/bin:/usr/bin
[ -n "$3" ] && trap "" TERM HUP
echo $$ > "$1/.$2" && mv "$1/.$2" "$1/$2"
while :; do sleep 0.2; done
`

/** Its number and its start, once it is there. */
async function seen(name: string): Promise<{ readonly pid: number; readonly start: string | null }> {
  const pid = await until(() => readFile(join(pids, name), 'utf8').then(Number, () => null))
  return { pid, start: await processStart(pid) }
}

const isThere = async ({ pid, start }: { readonly pid: number; readonly start: string | null }): Promise<boolean> =>
  start !== null && (await processStart(pid)) === start

const serve = (): Promise<Host> => bench.serve(bench.repository, '--trust', '--claude', claude)
const show = async (host: Host): Promise<Session> => (await host.ask('session', 'show', 'a')).json as Session
const start = async (host: Host): Promise<Session> => {
  const { code, json } = await host.ask('session', 'start', 'a', '--prompt', 'x')
  expect({ code, json }).toMatchObject({ code: 0 })
  return json as Session
}

const CHILDREN = ['child', 'detached', 'grandchild', 'stubborn', 'nameless']
const family = (): string => {
  const stay = `${join(bench.folder, 'stay')} ${pids}`
  const lines = [
    `${stay} child`,
    `setsid ${stay} detached`,
    `setsid sh -c "${stay} grandchild & exit"`,
    `setsid ${stay} stubborn deaf`,
  ]
  return [...lines, `env -i ${stay} nameless`].map((line) => `${line} &`).join('\n')
}

const ENDS = {
  stop: async (host: Host) => (await host.ask('session', 'stop', 'a')).code,
  quit: (host: Host) => host.stop(),
}

for (const end of ['stop', 'quit'] as const) {
  test(`after ${end} nothing of what a session started is left, and what others started is`, { timeout: TIME_MS }, async () => {
    await program(family())
    const host = await serve()
    const session = await start(host)
    const members = await Promise.all(CHILDREN.map(seen))
    expect(await Promise.all(members.map(isThere))).toEqual(CHILDREN.map(() => true))
    expect(await ENDS[end](host)).toBe(0)
    expect(await Promise.all(members.map(isThere))).toEqual(CHILDREN.map(() => false))
    expect(await processStart(session.pid!)).toBeNull()
    expect(await processStart(process.pid)).not.toBeNull()
  })
}

test(
  'what outlived a host that was killed is shown, left alone, and ended when the user stops the session',
  { timeout: TIME_MS },
  async () => {
    await program(family())
    const first = await serve()
    await start(first)
    const stubborn = await seen('stubborn')
    const detached = await seen('detached')
    process.kill(first.pid, 'SIGKILL')
    await first.stop()

    await program('')
    const second = await serve()
    const shown = await until(async () => {
      const session = await show(second)
      return session.leftovers?.some(({ pid }) => pid === stubborn.pid) === true ? session : null
    })
    expect(shown.leftovers).toEqual(
      expect.arrayContaining([expect.objectContaining({ pid: stubborn.pid, command: expect.stringContaining('stubborn') })]),
    )
    expect([await isThere(stubborn), await isThere(detached)]).toEqual([true, true])
    await second.ask('session', 'stop', 'a')
    expect([await isThere(stubborn), await isThere(detached)]).toEqual([false, false])
    expect(await show(second)).not.toHaveProperty('leftovers')
  },
)

test('one that exits at once at its start is not started again, and its last words are kept', { timeout: TIME_MS }, async () => {
  await program(`echo x >> ${pids}/starts; echo "Please log in first."; exit 1`)
  const host = await serve()
  await start(host)
  expect((await host.ask('session', 'wait', 'a', '--state', 'crashed', '--timeout', '20')).json).toMatchObject({
    exit: { code: 1 },
  })
  await until(
    async () =>
      ((await host.ask('session', 'output', 'a')).json as { text: string }).text.includes('Please log in first.') || null,
  )
  expect(await readFile(join(pids, 'starts'), 'utf8')).toBe('x\n')
})

test(
  'a host that is stopped for a while and goes on has ended nothing and started nothing twice',
  { timeout: TIME_MS },
  async () => {
    await program(`echo $$ >> ${pids}/starts`)
    const host = await serve()
    const before = await start(host)
    process.kill(host.pid, 'SIGSTOP')
    const asked = host.ask('session', 'show', 'a')
    await sleep(STOPPED_MS)
    process.kill(host.pid, 'SIGCONT')
    expect((await asked).json).toMatchObject({ pid: before.pid })
    expect((await host.ask('session', 'resume', 'a')).json).toMatchObject({ error: { code: 'already-running' } })
    expect((await readFile(join(pids, 'starts'), 'utf8')).trim()).toBe(String(before.pid))
  },
)

test(
  'a second Sluice with its own data directory does not get a repository that is open, until it is closed or killed',
  { timeout: TIME_MS },
  async () => {
    const env = { ...bench.env, XDG_RUNTIME_DIR: join(bench.folder, 'run') }
    await mkdir(env.XDG_RUNTIME_DIR)
    const other = async (name: string): Promise<Host> =>
      startHost({ env, dataDir: join(bench.folder, name), words: [bench.repository, '--port', '0', '--claude', claude] })
    const refused = async (): Promise<unknown> =>
      (await runSluice(env, ['serve', bench.repository, '--no-open', '--port', '0', '--data', join(bench.folder, 'b')])).json
    const first = await other('a')
    expect(await refused()).toMatchObject({ error: { code: 'in-use', message: expect.stringContaining(`process ${first.pid}`) } })
    process.kill(first.pid, 'SIGKILL')
    await first.stop()
    const second = await other('c')
    expect(await refused()).toMatchObject({ error: { code: 'in-use' } })
    expect(await second.stop()).toBe(0)
    const left = await readdir(join(env.XDG_RUNTIME_DIR, 'sluice'))
    expect(left.filter((name) => name.endsWith('.json'))).toEqual([])
  },
)

test('a second Sluice on a data directory is told where the first one is', { timeout: TIME_MS }, async () => {
  const host = await serve()
  const { json } = await runSluice(bench.env, ['serve', bench.repository, '--no-open', '--data', host.dataDir])
  const message = (json as { error: { message: string } }).error.message
  expect(message).toContain(new URL(host.url).origin)
  expect(message).toContain(`process ${host.pid}`)
  expect(message).not.toContain(new URL(host.url).searchParams.get('token'))
})
