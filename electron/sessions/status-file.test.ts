import { mkdir, mkdtemp, rename, rm, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { processStart } from '../kit/processes.ts'
import { followStatus, type StatusSeen } from './status-file.ts'

const { pid } = process
let config: string
let seen: StatusSeen[]
let stop: () => void

beforeEach(async () => {
  config = await mkdtemp(join(tmpdir(), 'sluice-status-'))
  await mkdir(join(config, 'sessions'))
  seen = []
  stop = () => undefined
})

afterEach(async () => {
  stop()
  await rm(config, { recursive: true, force: true })
})

const file = (): string => join(config, 'sessions', `${pid}.json`)

async function say(told: object): Promise<void> {
  await writeFile(`${file()}.tmp`, JSON.stringify({ pid, ...told }))
  await rename(`${file()}.tmp`, file())
}

let look: () => Promise<void>
const follow = (): void => void ({ stop, look } = followStatus(config, pid, (one) => seen.push(one)))
const words = (): readonly (string | null | undefined)[] => seen.map(({ status }) => status && status.status)

test('each different status is told once', async () => {
  follow()
  await expect.poll(words).toEqual([null])
  await say({ status: 'idle' })
  await expect.poll(words).toEqual([null, 'idle'])
  await say({ status: 'idle', updatedAt: 7 })
  await say({ status: 'waiting', waitingFor: 'permission prompt' })
  await expect.poll(words).toEqual([null, 'idle', 'waiting'])
})

test('a file that an earlier process of the same pid left behind is none', async () => {
  await say({ status: 'busy', procStart: '1' })
  follow()
  await expect.poll(words).toEqual([null])
  const start = await processStart(pid)
  await say({ status: 'idle', ...(start === null ? {} : { procStart: start }) })
  await expect.poll(words).toEqual([null, 'idle'])
})

test('whoever asks is told what the file says at that moment, also before it is told by itself', async () => {
  await say({ status: 'busy' })
  follow()
  await look()
  expect(words()).toEqual(['busy'])
  for (const status of ['waiting', 'busy', 'waiting', 'idle', 'waiting']) {
    await say({ status })
    await look()
    expect(words().at(-1)).toBe(status)
  }
})

test('half a file says nothing, and what it said before holds', async () => {
  await say({ status: 'busy' })
  follow()
  await expect.poll(words).toEqual(['busy'])
  await writeFile(file(), '{"pid":')
  await say({ status: 'idle' })
  await expect.poll(words).toEqual(['busy', 'idle'])
})

test('a file that vanishes and stays away is told', async () => {
  await say({ status: 'busy' })
  follow()
  await expect.poll(words).toEqual(['busy'])
  await unlink(file())
  await expect.poll(words).toEqual(['busy', null])
  expect(seen.at(-1)?.blind).toBe(false)
})

test('where the files cannot be read at all, that is told', async () => {
  await rm(join(config, 'sessions'), { recursive: true })
  await writeFile(join(config, 'sessions'), '')
  follow()
  await expect.poll(words).toEqual([null])
  expect(seen[0]?.blind).toBe(true)
})
