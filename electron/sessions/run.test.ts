import { appendFile, mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../kit/clock.ts'
import { removeFolder } from '../kit/remove-folder.ts'
import { createScreens } from '../terminals/screens.ts'
import { createTerminals } from '../terminals/terminals.ts'
import { startRun } from './run.ts'
import { PROMPT_MS, stateOf } from './state.ts'

const KEPT = { archive: null, intent: null, linedUp: null, paused: false, setupFailure: null }

/** A run of a program that does nothing; `ahead.ms` is how far its clock is ahead. */
async function quietRun(look: () => void = () => undefined) {
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
  const ahead = { ms: 0 }
  const clock = { ...systemClock, elapsed: () => systemClock.elapsed() + ahead.ms }
  const plan = { id: 'a', file: '/bin/sh', args: ['-c', 'sleep 60'], cwd: folder, env: {}, configDir, ledger, prompted: true }
  const listener = { changed: () => look(), hook: () => undefined, meter: () => undefined, ended: () => undefined }
  const started = await startRun(plan, { terminals, clock }, listener)
  if (!started.ok) throw new Error(started.failure.message)
  const run = started.value
  const say = async (status: string): Promise<void> => {
    await writeFile(join(configDir, 'sessions', `${run.pid}.json`), JSON.stringify({ pid: run.pid, status }))
    await expect.poll(() => run.status()?.status).toBe(status)
  }
  return { run, ledger, ahead, say, state: () => stateOf(run.facts(), KEPT).state }
}

test('a session that has its prompt works on, also when its status file comes after that and still says idle', async () => {
  const states: string[] = []
  let look = (): void => undefined
  const { ledger, say, state } = await quietRun(() => look())
  look = () => {
    const now = state()
    if (states.at(-1) !== now) states.push(now)
  }
  look()
  const hook = { hook_event_name: 'UserPromptSubmit', session_id: 'a', prompt: 'x', prompt_id: 'p' }
  await appendFile(join(ledger, 'hooks.jsonl'), `${JSON.stringify(hook)}\n`)
  await expect.poll(() => states).toContain('working')
  await say('idle')
  await say('busy')
  look()
  expect(states).toEqual(['starting', 'working'])
})

test('on a busy machine it may take long to show itself: the wait for its first turn counts from there', async () => {
  const { ahead, say, state } = await quietRun()
  ahead.ms = 2 * PROMPT_MS
  await say('idle')
  expect(state()).toBe('starting')
  ahead.ms = 4 * PROMPT_MS
  expect(state()).toBe('idle')
})
