import { appendFile, mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { systemClock } from '../kit/clock.ts'
import { removeFolder } from '../kit/remove-folder.ts'
import { createScreens } from '../terminals/screens.ts'
import { createTerminals } from '../terminals/terminals.ts'
import { startRun } from './run.ts'
import { stateOf } from './state.ts'

const KEPT = { archive: null, intent: null, linedUp: null, paused: false, setupFailure: null }

test('a session that has its prompt works on, also when its status file comes after that and still says idle', async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-run-')))
  const [configDir, ledger] = [join(folder, 'config'), join(folder, 'ledger')]
  await mkdir(join(configDir, 'sessions'), { recursive: true })
  const screens = createScreens({ worker: new URL('../terminals/screens-worker.ts', import.meta.url) })
  const terminals = createTerminals({ screens, graceMs: 300 })
  onTestFinished(async () => {
    await terminals.close()
    await screens.close()
    await removeFolder({ path: folder, root: await realpath(tmpdir()) })
  })
  const states: string[] = []
  let look = (): void => undefined
  const plan = { id: 'a', file: '/bin/sh', args: ['-c', 'sleep 60'], cwd: folder, env: {}, configDir, ledger, prompted: true }
  const started = await startRun(
    plan,
    { terminals, clock: systemClock },
    { changed: () => look(), hook: () => undefined, meter: () => undefined, ended: () => undefined },
  )
  if (!started.ok) throw new Error(started.failure.message)
  const run = started.value
  look = () => {
    const { state } = stateOf(run.facts(), KEPT)
    if (states.at(-1) !== state) states.push(state)
  }
  look()
  const hook = { hook_event_name: 'UserPromptSubmit', session_id: 'a', prompt: 'x', prompt_id: 'p' }
  await appendFile(join(ledger, 'hooks.jsonl'), `${JSON.stringify(hook)}\n`)
  await vi.waitUntil(() => states.includes('working'), 10_000)
  const say = async (status: string): Promise<void> => {
    await writeFile(join(configDir, 'sessions', `${run.pid}.json`), JSON.stringify({ pid: run.pid, status }))
    await vi.waitUntil(() => run.status()?.status === status, 10_000)
  }
  await say('idle')
  await say('busy')
  look()
  expect(states).toEqual(['starting', 'working'])
})
