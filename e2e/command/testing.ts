/** A repository and a host for tests of the `sluice` command: real git, no page, Claude Code only where a test names one. */

import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { git } from '../demo/repository.ts'
import { startHost, type Host } from '../demo/sluice.ts'
import { scrub } from '../model/claude-home.ts'

export type Bench = {
  readonly folder: string
  readonly repository: string
  readonly env: Readonly<Record<string, string>>
  git(...args: readonly string[]): Promise<string>
  serve(...words: readonly string[]): Promise<Host>
  close(): Promise<void>
}

const GIT_CONFIG = '[user]\n\tname = Ada Tester\n\temail = ada@example.com\n[init]\n\tdefaultBranch = main\n'

/** Makes a folder with a home and a repository of one commit. */
export async function makeBench(): Promise<Bench> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-command-')))
  const [home, repository] = [join(folder, 'home'), join(folder, 'shop')]
  await mkdir(home)
  await mkdir(repository)
  await writeFile(join(home, '.gitconfig'), GIT_CONFIG)
  const env = { ...scrub(process.env), HOME: home, CLAUDE_CONFIG_DIR: join(home, '.claude'), SHELL: '/bin/sh' }
  const inRepository = (...args: readonly string[]): Promise<string> => git(env, repository, ...args)
  await inRepository('init', '--quiet')
  await writeFile(join(repository, 'README.md'), '# Shop\n')
  await inRepository('add', '--all')
  await inRepository('commit', '--quiet', '--message=First')
  const hosts: Host[] = []
  return {
    folder,
    repository,
    env,
    git: inRepository,
    async serve(...words) {
      const host = await startHost({ env, dataDir: join(folder, 'data'), words: ['--port', '0', ...words] })
      hosts.push(host)
      return host
    },
    async close() {
      await Promise.all(hosts.map((host) => host.stop()))
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}
