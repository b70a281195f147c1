import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'
import { launchEnvironment, launchSettings } from './launch.ts'

const command = z.looseObject({ command: z.string(), async: z.boolean().optional(), timeout: z.number() })
const group = z.looseObject({ matcher: z.string().optional(), hooks: z.array(command) })
const settings = z.object({
  statusLine: z.looseObject({ command: z.string() }),
  hooks: z.record(z.string(), z.array(group)),
})

let ledger: string
let waiting: ChildProcess[]

beforeEach(async () => {
  // A name that a shell would take apart.
  ledger = await mkdtemp(join(tmpdir(), "sluice l'edger $(x) "))
  waiting = []
})

afterEach(async () => {
  for (const child of waiting) child.kill('SIGKILL')
  await rm(ledger, { recursive: true, force: true })
})

function read(host = process.pid, userLine: string | null = null) {
  const userStatusLine = userLine === null ? null : { command: userLine }
  return settings.parse(JSON.parse(launchSettings({ ledger, userStatusLine, host })))
}

const hookOf = (event: string, host?: number): string => read(host).hooks[event]![0]!.hooks[0]!.command

type Ended = { readonly code: number | null; readonly output: string; readonly errors: string }

/** Starts a hook with its input, as Claude Code does. */
function begin(script: string, input: object): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'pipe', 'pipe'] })
  waiting.push(child)
  const said = { output: '', errors: '' }
  child.stdout.on('data', (data: Buffer) => (said.output += data.toString()))
  child.stderr.on('data', (data: Buffer) => (said.errors += data.toString()))
  child.stdin.on('error', () => undefined)
  child.stdin.end(JSON.stringify(input))
  return { child, ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said }))) }
}

const REQUEST = { hook_event_name: 'PermissionRequest', session_id: 's', tool_name: 'Bash', tool_input: { command: 'ls' } }
const SILENT = { code: 0, output: '', errors: '' }
const hooksFile = (): Promise<string> => readFile(join(ledger, 'hooks.jsonl'), 'utf8')
const asks = async (): Promise<readonly string[]> => (await readdir(ledger)).filter((name) => name.startsWith('ask.'))

async function announced(): Promise<string> {
  let name: string | undefined
  const look = async (): Promise<string> => (name = /"ask":"([^"]+)"/u.exec(await hooksFile().catch(() => ''))?.[1]) ?? ''
  await expect.poll(look).not.toBe('')
  return name!
}

test('only a permission is waited for; every other hook runs beside the turn, and none runs for a tool', () => {
  const { hooks } = read()
  const blocking = Object.values(hooks).flatMap((groups) => groups.filter(({ hooks: [one] }) => one?.async !== true))
  expect(blocking.map(({ matcher }) => matcher)).toEqual(['^(?!(AskUserQuestion|ExitPlanMode)$)'])
  expect(Object.keys(hooks).filter((name) => name.includes('Tool'))).toEqual([])
})

test('a hook is written as one line that only the user can read', async () => {
  const { ended } = begin(hookOf('Stop'), { hook_event_name: 'Stop', text: 'a\nb \\n %s' })
  expect(await ended).toEqual(SILENT)
  expect(await hooksFile()).toBe(`${JSON.stringify({ hook_event_name: 'Stop', text: 'a\nb \\n %s' })}\n`)
  expect((await stat(join(ledger, 'hooks.jsonl'))).mode & 0o777).toBe(0o600)
})

test('the answer is handed over, said in the ledger, and nothing of it is left', async () => {
  const { ended } = begin(hookOf('PermissionRequest'), REQUEST)
  const ask = join(ledger, await announced())
  expect(JSON.parse(await readFile(ask, 'utf8'))).toEqual(REQUEST)
  expect((await stat(ask)).mode & 0o777).toBe(0o600)
  await writeFile(`${ask}.tmp`, '{"yes":1}')
  await rename(`${ask}.tmp`, `${ask}.answer`)
  expect(await ended).toEqual({ ...SILENT, output: '{"yes":1}' })
  expect((await hooksFile()).trim().split('\n').at(-1)).toContain('PermissionAnswered')
  expect(await asks()).toEqual([])
})

test('a request that is taken away ends its hook without a decision', async () => {
  const { ended } = begin(hookOf('PermissionRequest'), REQUEST)
  await unlink(join(ledger, await announced()))
  expect(await ended).toEqual(SILENT)
})

test('a folder that goes away ends the hook without a decision', async () => {
  const { ended } = begin(hookOf('PermissionRequest'), REQUEST)
  await announced()
  await rm(ledger, { recursive: true })
  expect(await ended).toEqual(SILENT)
})

test('the hook ends when Sluice is gone', async () => {
  const host = spawn('sleep', ['60'])
  waiting.push(host)
  const { ended } = begin(hookOf('PermissionRequest', host.pid!), REQUEST)
  await announced()
  host.kill('SIGKILL')
  expect(await ended).toEqual(SILENT)
  expect(await asks()).toEqual([])
})

test('a hook that is told to end cleans up behind it', async () => {
  const { child, ended } = begin(hookOf('PermissionRequest'), REQUEST)
  await announced()
  child.kill('SIGTERM')
  await ended
  await expect.poll(asks).toEqual([])
})

test('without a folder no hook says a word or waits', async () => {
  await rm(ledger, { recursive: true })
  for (const event of ['Stop', 'PermissionRequest']) expect(await begin(hookOf(event), REQUEST).ended).toEqual(SILENT)
})

test('the user’s own status line is shown, with or without the folder, and ours says nothing', async () => {
  const input = JSON.stringify({ cost: { total_cost_usd: 1 } })
  const run = (line: string | null): string =>
    spawnSync('/bin/sh', ['-c', read(process.pid, line).statusLine.command], { input })
      .output.slice(1)
      .join('|')
  expect(run(null)).toBe('|')
  expect(run("cat; printf ' it'\\''s mine'")).toBe(`${input} it's mine|`)
  expect(await readFile(join(ledger, 'meter.json'), 'utf8')).toBe(input)
  await rm(ledger, { recursive: true })
  expect(run('echo mine')).toBe('mine\n|')
})

test('a classic Claude Code is started without a screen of its own, another one as the user’s environment has it', () => {
  const session = { name: 'one', dataDir: '/data', port: null }
  const NAME = 'CLAUDE_CODE_DISABLE_ALTERNATE_SCREEN'
  expect(launchEnvironment({}, { ...session, classic: true })[NAME]).toBe('1')
  expect(launchEnvironment({}, { ...session, classic: false })).not.toHaveProperty(NAME)
  expect(launchEnvironment({ [NAME]: '0' }, session)[NAME]).toBe('0')
})
