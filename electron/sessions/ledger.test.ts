import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { followLedger, type Hook, type MeterReading } from './ledger.ts'

let parent: string
let ledger: string
let heard: Hook[]
let read: MeterReading[]
let stop: () => Promise<void>

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'sluice-ledger-'))
  ledger = join(parent, 'one')
  heard = []
  read = []
  stop = () => Promise.resolve()
})

afterEach(async () => {
  await stop()
  await rm(parent, { recursive: true, force: true })
})

const hooks = (): string => join(ledger, 'hooks.jsonl')
const line = (hook: object): string => `${JSON.stringify({ session_id: 's', ...hook })}\n`
const names = (): readonly string[] => heard.map(({ hook_event_name: name }) => name)

async function follow(): Promise<void> {
  stop = await followLedger(ledger, { hook: (hook) => heard.push(hook), meter: (reading) => read.push(reading) })
}

test('the folder and the file are the user’s alone', async () => {
  await follow()
  expect([(await stat(ledger)).mode & 0o777, (await stat(hooks())).mode & 0o777]).toEqual([0o700, 0o600])
})

test('what an earlier run was told, and what it asked, is gone; its last meter reading is not', async () => {
  await follow()
  await stop()
  await appendFile(hooks(), line({ hook_event_name: 'Stop' }))
  await writeFile(join(ledger, 'ask.old'), '{}')
  await writeFile(join(ledger, 'meter.json'), JSON.stringify({ session_id: 's', cost: { total_cost_usd: 2 } }))
  await follow()
  await expect.poll(() => read.map(({ cost }) => cost.total_cost_usd)).toEqual([2])
  expect(names()).toEqual([])
  expect(await readFile(hooks(), 'utf8')).toBe('')
  expect(await readdir(ledger)).not.toContain('ask.old')
})

test('hooks are told in order, each once it is whole, and one that makes no sense is passed over', async () => {
  await follow()
  await appendFile(hooks(), `${line({ hook_event_name: 'SessionStart' })}\n{"no":"sense"}\nnor this\n{"hook_event_name":"Stop",`)
  await expect.poll(names).toEqual(['SessionStart'])
  await appendFile(hooks(), '"session_id":"s"}\n')
  await expect.poll(names).toEqual(['SessionStart', 'Stop'])
})

test('a hook whose details are of another shape is still heard', async () => {
  await follow()
  await appendFile(hooks(), line({ hook_event_name: 'Stop', background_tasks: 'two', agent_id: 7, prompt_id: null }))
  await expect.poll(names).toEqual(['Stop'])
  expect(heard[0]?.background_tasks).toBeUndefined()
})

test('a permission is told with its request, and never one from outside of the folder', async () => {
  await follow()
  const request = { hook_event_name: 'PermissionRequest', session_id: 's', tool_name: 'Bash', tool_input: { command: 'ls' } }
  await writeFile(join(ledger, 'ask.1'), JSON.stringify(request))
  await writeFile(join(parent, 'ask.2'), JSON.stringify(request))
  await appendFile(hooks(), line({ hook_event_name: 'PermissionRequest', ask: '../ask.2' }))
  await appendFile(hooks(), line({ hook_event_name: 'PermissionRequest', ask: 'ask.1' }))
  await expect.poll(() => heard).toEqual([{ ...request, ask: 'ask.1' }])
})

test('a request that cannot be read is taken away, so that its hook does not wait', async () => {
  await follow()
  await writeFile(join(ledger, 'ask.1'), '{"hook_event_name":')
  await appendFile(hooks(), line({ hook_event_name: 'PermissionRequest', ask: 'ask.1' }))
  await expect.poll(() => readdir(ledger)).not.toContain('ask.1')
  expect(heard).toEqual([])
})
