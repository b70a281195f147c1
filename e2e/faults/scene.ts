/** A repository, a home and a quiet Claude Code in a folder of the test's own, with a git in front of git that can strike. */

import { chmod, copyFile, mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { git } from '../demo/repository.ts'
import { scrub } from '../model/claude-home.ts'

/** Says its version, then waits; it ends when its terminal does. */
const QUIET =
  '#!/bin/sh\ncase "$1" in --version) echo "2.1.329 (Claude Code)";; *) trap "exit 0" TERM HUP; while :; do sleep 0.2; done;; esac\n'

/** Every so manieth place is struck; with rounds asked for, every single one. */
export const STRIDE = process.env['FAULT_ROUNDS'] === undefined ? 8 : 1

/** Which places and times they are: the same ones each time, so that who did not change anything meets nothing new; `FAULT_SEED` asks for others. */
export const SEED = Number(process.env['FAULT_SEED'] ?? 1)

export type Strike = {
  readonly kind: 'before' | 'after' | 'git' | 'full' | 'user'
  /** At which writing command of git, from 1. */
  readonly at: number
  /** For `git`: so many seconds after its start. */
  readonly delay?: number
  /** For `user`: what the user does there, one of the actions of user.sh. */
  readonly action?: string
}

/** The first place that is struck in that way: each kind begins at another one. */
export function firstOf(kind: Strike['kind']): number {
  const turn = ['before', 'after', 'git', 'full', 'user'].indexOf(kind)
  return 1 + ((SEED + 3 * turn) % STRIDE)
}

export type Scene = {
  readonly folder: string
  readonly repository: string
  readonly dataDir: string
  readonly claude: string
  /** What a host of this scene runs in; without a strike git is git. */
  env(strike?: Strike): Readonly<Record<string, string>>
}

async function realGit(): Promise<string> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = await realpath(join(folder, 'git')).catch(() => null)
    if (path !== null) return path
  }
  throw new Error('There is no git on the PATH.')
}

/** Makes it below `parent`, such as a small disk; left out: the usual folder for temporary files. */
export async function makeScene(parent = tmpdir()): Promise<Scene> {
  const folder = await realpath(await mkdtemp(join(parent, 'sluice-fault-')))
  const [repository, home, bin] = [join(folder, 'shop'), join(folder, 'home'), join(folder, 'bin')]
  for (const path of [repository, home, bin, join(folder, 'faults')]) await mkdir(path)
  await writeFile(join(home, '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.com\n')
  await copyFile(join(import.meta.dirname, 'faulty-git.sh'), join(bin, 'git'))
  await writeFile(join(folder, 'claude'), QUIET)
  for (const path of [join(bin, 'git'), join(folder, 'claude')]) await chmod(path, 0o755)
  const { SHELL: _shell, ...inherited } = scrub(process.env)
  const base: Record<string, string> = {
    ...inherited,
    HOME: home,
    CLAUDE_CONFIG_DIR: join(home, '.claude'),
    XDG_RUNTIME_DIR: home,
    TMPDIR: folder,
  }
  const real = await realGit()
  await git(base, repository, 'init', '--quiet', '--initial-branch=main')
  await writeFile(join(repository, 'README.md'), '# Shop\n')
  await writeFile(join(repository, '.gitignore'), '.env\nbuild/\n')
  await writeFile(join(repository, '.env'), 'SECRET=1\n')
  await git(base, repository, 'add', '--all')
  await git(base, repository, 'commit', '--quiet', '--message=First')
  return {
    folder,
    repository,
    dataDir: join(folder, 'data'),
    claude: join(folder, 'claude'),
    env(strike) {
      if (strike === undefined) return base
      return {
        ...base,
        PATH: [bin, base['PATH'] ?? ''].join(delimiter),
        FAULT_GIT: real,
        FAULT_DIR: join(folder, 'faults'),
        FAULT_FILL: join(folder, 'full'),
        FAULT_KIND: strike.kind,
        FAULT_AT: String(strike.at),
        FAULT_DELAY: String(strike.delay ?? 0.002),
        FAULT_USER: join(import.meta.dirname, 'user.sh'),
        FAULT_REPOSITORY: repository,
        FAULT_ACTION: strike.action ?? '',
      }
    },
  }
}
