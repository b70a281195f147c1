/** A session's worktree in a real repository, and what a review of it is made of. */

import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createRepository, type TestRepository } from '../../git/testing/repository.ts'
import type { Git } from '../../git/run.ts'
import { createLoads } from '../cache.ts'
import type { Reviewed } from '../reviewed.ts'

export type SessionWork = {
  readonly repository: TestRepository
  readonly path: string
  /** Git as the session's review runs it. */
  readonly git: Git
  /** The verbs that ran through it, in order. */
  readonly verbs: readonly string[]
  raw(...args: string[]): Promise<string>
  write(path: string, content: string | Uint8Array): Promise<void>
  /** Writes files in the worktree, stages everything, commits; gives the commit. */
  commit(message: string, files?: Readonly<Record<string, string | Uint8Array>>): ReturnType<TestRepository['oid']>
  /** As it is now; the parts given replace what it would have. */
  reviewed(more?: Partial<Reviewed>): Promise<Reviewed>
}

/** A worktree on `sluice/NAME`, begun at `main` as it is now. */
export async function beginWork(name = 'login', inside?: TestRepository): Promise<SessionWork> {
  const repository = inside ?? (await createRepository())
  const path = join(repository.around, name)
  await repository.raw('worktree', 'add', '--quiet', '-b', `sluice/${name}`, path)
  const verbs: string[] = []
  const git: Git = {
    run(request) {
      verbs.push(request.args.find((arg, at) => !arg.startsWith('-') && request.args[at - 1] !== '-c') ?? '')
      return repository.git.run(request)
    },
  }
  const loads = createLoads()
  const raw = (...args: string[]): Promise<string> => repository.rawIn(path, ...args)
  async function write(file: string, content: string | Uint8Array): Promise<void> {
    await mkdir(dirname(join(path, file)), { recursive: true })
    await writeFile(join(path, file), content)
  }
  return {
    repository,
    path,
    git,
    verbs,
    raw,
    write,
    async commit(message, files = {}) {
      for (const [file, content] of Object.entries(files)) await write(file, content)
      await raw('add', '--all')
      await raw('commit', '--quiet', '--allow-empty', '--message', message)
      return repository.oid(`sluice/${name}`)
    },
    reviewed: async (more = {}) => ({
      name,
      worktree: { path, trusted: true },
      branch: `sluice/${name}`,
      target: await repository.oid('main'),
      scope: [],
      looked: null,
      marks: [],
      other: (id) => ({ name: id, branch: `sluice/${id}` }),
      version: () => null,
      trouble: () => null,
      loads,
      ...more,
    }),
  }
}
