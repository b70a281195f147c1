/** A command that leaves a marker when anything runs it, and repositories that have it configured: one for each way in. */

import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRepository, temporaryFolder, type TestRepository } from './repository.ts'

export type Trap = {
  /** The path of a script that, when run, writes a marker and passes its input on. */
  readonly script: string
  /** The names of what was run. */
  sprung(): Promise<readonly string[]>
}

/** A script that reports its name in a folder outside of any repository. */
export async function createTrap(): Promise<Trap> {
  const folder = await temporaryFolder()
  const markers = join(folder, 'markers')
  await mkdir(markers)
  const script = join(folder, 'trap')
  await writeFile(script, `#!/bin/sh\n: > "${markers}/ran-$$"\ncat 2>/dev/null\nexit 0\n`)
  await chmod(script, 0o755)
  return { script, sprung: () => readdir(markers) }
}

type Setup = (repository: TestRepository, script: string) => Promise<void>

const setting =
  (key: string, value: (script: string) => string = (script) => script): Setup =>
  async ({ raw }, script) => {
    await raw('config', key, value(script))
  }

const attributes =
  (attribute: string, key: string, value: (script: string) => string = (script) => script): Setup =>
  async ({ raw, write }, script) => {
    await raw('config', key, value(script))
    await write('.gitattributes', `* ${attribute}\n`)
  }

const hook =
  (name: string): Setup =>
  async ({ path }, script) => {
    await mkdir(join(path, '.git/hooks'), { recursive: true })
    await writeFile(join(path, '.git/hooks', name), `#!/bin/sh\nexec "${script}" </dev/null\n`)
    await chmod(join(path, '.git/hooks', name), 0o755)
  }

/** Each way in which a repository can name a command that git would run. */
export const WAYS_IN: Readonly<Record<string, Setup>> = {
  'core.fsmonitor': setting('core.fsmonitor'),
  'core.hooksPath': async ({ raw, path }, script) => {
    await mkdir(join(path, 'my-hooks'))
    for (const name of ['post-index-change', 'reference-transaction', 'post-checkout']) {
      await writeFile(join(path, 'my-hooks', name), `#!/bin/sh\nexec "${script}" </dev/null\n`)
      await chmod(join(path, 'my-hooks', name), 0o755)
    }
    await raw('config', 'core.hooksPath', 'my-hooks')
  },
  'hook reference-transaction': hook('reference-transaction'),
  'hook post-index-change': hook('post-index-change'),
  'hook post-checkout': hook('post-checkout'),
  'hook fsmonitor-watchman': hook('fsmonitor-watchman'),
  'filter.clean': attributes('filter=evil', 'filter.evil.clean'),
  'filter.clean, required': async (repository, script) => {
    await attributes('filter=evil', 'filter.evil.clean')(repository, script)
    await repository.raw('config', 'filter.evil.required', 'true')
  },
  'filter.clean, odd name': attributes('filter=e=v.il', 'filter.e=v.il.clean'),
  'filter.smudge': attributes('filter=evil', 'filter.evil.smudge'),
  'filter.process': attributes('filter=evil', 'filter.evil.process'),
  'diff.external': setting('diff.external'),
  'diff.<driver>.command': attributes('diff=evil', 'diff.evil.command'),
  'diff.<driver>.textconv': attributes('diff=evil', 'diff.evil.textconv'),
  'merge.<driver>.driver': attributes('merge=evil', 'merge.evil.driver'),
  'gpg.program': async ({ raw }, script) => {
    await raw('config', 'log.showSignature', 'true')
    await raw('config', 'commit.gpgSign', 'true')
    await raw('config', 'gpg.program', script)
  },
  'core.sshCommand': setting('core.sshCommand'),
  'credential.helper': setting('credential.helper'),
  alias: async ({ raw }, script) => {
    for (const verb of ['status', 'diff', 'rev-parse', 'for-each-ref', 'worktree', 'config', 'symbolic-ref']) {
      await raw('config', `alias.${verb}`, `!${script}`)
    }
  },
  'core.editor': setting('core.editor'),
  'core.pager': async ({ raw }, script) => {
    await raw('config', 'core.pager', script)
    await raw('config', 'pager.status', script)
    await raw('config', 'pager.diff', script)
    await raw('config', 'interactive.diffFilter', script)
  },
  'sequence.editor': setting('sequence.editor'),
  'include.path': async ({ raw, path }, script) => {
    await writeFile(join(path, 'more'), `[core]\n\tfsmonitor = ${script}\n[diff]\n\texternal = ${script}\n`)
    await raw('config', 'include.path', join(path, 'more'))
  },
  'worktree config': async ({ raw }, script) => {
    await raw('config', 'extensions.worktreeConfig', 'true')
    await raw('config', '--worktree', 'core.fsmonitor', script)
  },
  'core.alternateRefsCommand': setting('core.alternateRefsCommand'),
  'partial clone': async ({ raw, rawIn, commit, path }, script) => {
    await commit('to be lost', { 'lost.txt': 'lost\n' })
    const blob = await raw('rev-parse', 'HEAD:lost.txt')
    const tree = await raw('rev-parse', 'HEAD^{tree}')
    await rawIn(path, 'config', 'remote.origin.url', 'ssh://example.invalid/x')
    await raw('config', 'remote.origin.promisor', 'true')
    await raw('config', 'extensions.partialClone', 'origin')
    await raw('config', 'core.repositoryFormatVersion', '1')
    await raw('config', 'core.sshCommand', script)
    await raw('config', 'protocol.ssh.allow', 'always')
    for (const id of [blob, tree]) await rm(join(path, '.git/objects', id.slice(0, 2), id.slice(2)))
  },
  'submodule with fsmonitor': async (repository, script) => {
    const inner = await createRepository({ name: 'inner' })
    await repository.raw('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'inner')
    await repository.commit('a submodule')
    await repository.rawIn(join(repository.path, 'inner'), 'config', 'core.fsmonitor', script)
    await repository.write('inner/README.md', 'changed\n')
  },
  'submodule.update': setting('submodule.inner.update', (script) => `!${script}`),
}
