/** `sluice demo`: a sample repository, a scripted model and the real Claude Code, in a folder of its own that goes away afterwards. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { CLAUDE, makeClaudeHome } from '../model/claude-home.ts'
import { startModel } from '../model/server.ts'
import { play, type Result, type Stage } from './play.ts'
import { makeShop } from './repository.ts'
import { SESSIONS } from './sessions.ts'
import { startHost } from './sluice.ts'

/** What the sessions may do without asking; everything else would ask, as it would for a user. */
const ALLOWED = { permissions: { allow: ['Bash(node --test:*)', 'Bash(git add:*)', 'Bash(git commit:*)'] } }

/** So that a person can follow the window. */
const PAUSE_MS = 1500

type Told = Readonly<Record<string, unknown>> & { readonly step: string }

function words(told: Told): string {
  const { step, session, ...rest } = told
  const facts = Object.entries(rest).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  return [`✓ ${step}`, ...(typeof session === 'string' ? [session] : []), ...facts].join('  ')
}

/**
 * Resolves at the first signal; later ones change nothing, so that the folder and the processes are tidied up in any case.
 * A Sluice that started it and is killed sends none: its end is the end of the standard input.
 */
function stopAsked(untilStdinEnds: boolean): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
    // Nobody reads it any more: what is said next must not end it before it has tidied up.
    process.stdout.on('error', () => resolve())
    if (!untilStdinEnds) return
    for (const end of ['end', 'error', 'close'] as const) process.stdin.on(end, () => resolve())
    process.stdin.resume().unref()
  })
}

async function run(headless: boolean, stopped: Promise<void>, print: (told: Told) => void): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-demo-'))
  const repository = join(folder, 'shop')
  await mkdir(repository)
  const model = await startModel(Object.fromEntries(SESSIONS.map(({ name, steps }) => [name, steps])))
  try {
    const home = await makeClaudeHome({ folder, model: model.url, repositories: [repository] })
    await writeFile(join(home.config, 'settings.json'), JSON.stringify(ALLOWED))
    await makeShop(home.env, repository)
    print({ step: 'repository', path: repository })
    const host = await startHost({
      env: home.env,
      dataDir: join(folder, 'data'),
      words: [repository, '--claude', CLAUDE, '--trust'],
    })
    let result: Result
    try {
      print({ step: 'serving', url: host.url })
      const stop = stopped.then(() => Promise.reject(new Error('it was stopped.')))
      // Only a stop in the middle is an error; a stop afterwards is the wanted end.
      stop.catch(() => undefined)
      if (!headless) await Promise.race([sleep(PAUSE_MS * 3, undefined, { ref: false }), stop])
      const stage: Stage = {
        host,
        env: home.env,
        repository,
        requests: () => model.books().length,
        tell: print,
        pause: () => (headless ? Promise.resolve() : sleep(PAUSE_MS)),
      }
      result = await Promise.race([play(stage), stop])
      if (!headless) {
        process.stdout.write(
          `\nThat was the loop. Look around at ${host.url}\nCtrl-C ends the demonstration and removes its folder.\n`,
        )
        await stopped
      }
    } catch (error) {
      await host.stop()
      throw error
    }
    const code = await host.stop()
    if (code !== 0) throw new Error(`sluice serve ended with ${code}.`)
    return result
  } finally {
    await model.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

const { values } = parseArgs({
  options: { headless: { type: 'boolean' }, json: { type: 'boolean' }, 'until-stdin-ends': { type: 'boolean' } },
})
const json = values.json ?? false
try {
  const result = await run(values.headless ?? false, stopAsked(values['until-stdin-ends'] ?? false), (told) =>
    process.stdout.write(`${json ? JSON.stringify(told) : words(told)}\n`),
  )
  process.stdout.write(
    json
      ? `${JSON.stringify(result)}\n`
      : `✓ done: ${result.landed.join(' and ')} landed, ${result.blocked.join(', ')} is blocked by its conflict\n`,
  )
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  if (json) process.stdout.write(`${JSON.stringify({ ok: false, error: { code: 'demo-failed', message } })}\n`)
  process.stderr.write(`The demonstration stopped: ${message}\n`)
  process.exitCode = 1
}
