/** What tests of the real House without a page start from: a repository of one commit, a home, a program in the place of Claude Code. */

import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryCarrier } from '../../electron/bridge/memory.ts'
import { compose, type ComposeOptions, type RunningHouse } from '../../electron/compose.ts'
import { createLog } from '../../electron/kit/log.ts'
import { createClient, type Client } from '../../shared/client.ts'
import { git } from '../demo/repository.ts'
import { scrub } from '../model/claude-home.ts'

export type Opened = { readonly house: RunningHouse; readonly client: Client }

export type Scene = {
  readonly folder: string
  readonly repository: string
  readonly env: Record<string, string>
  /** What was logged, one line an entry. */
  readonly logged: string[]
  /** A House on the scene's data directory, with nothing open in it. */
  compose(more?: Partial<ComposeOptions>): Promise<RunningHouse>
  /** The same, with the repository open and trusted. */
  open(): Promise<Opened>
  /** Removes the scene; throws when a fault was logged. */
  remove(): Promise<void>
}

/** Stands for Claude Code where a test is not about it: says its version, then waits. */
export const QUIET =
  '#!/bin/sh\ncase "$1" in --version) echo "2.1.329 (Claude Code)";; *) trap "exit 0" TERM HUP; while :; do sleep 1; done;; esac\n'

/** Takes the program in the place of Claude Code, and the files of the first commit. */
export async function makeScene(
  program = QUIET,
  files: Readonly<Record<string, string>> = { 'file.txt': 'one\n' },
): Promise<Scene> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-house-')))
  const [repository, home] = [join(folder, 'shop'), join(folder, 'home')]
  await mkdir(repository)
  await mkdir(home)
  await writeFile(join(home, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.com\n')
  await writeFile(join(folder, 'claude'), program)
  await chmod(join(folder, 'claude'), 0o755)
  const env = { ...scrub(process.env), HOME: home, CLAUDE_CONFIG_DIR: join(home, '.claude'), SHELL: '/bin/sh' }
  await git(env, repository, 'init', '--quiet', '--initial-branch=main')
  for (const [name, content] of Object.entries(files)) await writeFile(join(repository, name), content)
  await git(env, repository, 'add', '--all')
  await git(env, repository, 'commit', '--quiet', '--message=First')
  const logged: string[] = []

  async function composeHouse(more: Partial<ComposeOptions> = {}): Promise<RunningHouse> {
    const composed = await compose({
      dataDir: join(folder, 'data'),
      env,
      claude: join(folder, 'claude'),
      version: 'test',
      log: createLog({ write: (line) => logged.push(line) }, () => new Date()),
      screensWorker: new URL('../../electron/terminals/screens-worker.ts', import.meta.url),
      ...more,
    })
    if (!composed.ok) throw new Error(composed.failure.message)
    return composed.value
  }

  return {
    folder,
    repository,
    env,
    logged,
    compose: composeHouse,
    async open() {
      const house = await composeHouse()
      await house.open(repository)
      house.trust()
      return { house, client: createClient(createMemoryCarrier(house)) }
    },
    async remove() {
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
      const faults = logged.filter((line) => line.includes('"level":"fault"'))
      if (faults.length > 0) throw new Error(faults.join('\n'))
    },
  }
}

/** The value of an answer; throws the sentence of a refusal. */
export async function value<T>(
  answer: Promise<{ ok: true; value: T } | { ok: false; failure: { message: string } }>,
): Promise<T> {
  const got = await answer
  if (!got.ok) throw new Error(got.failure.message)
  return got.value
}
