/** A real repository in a temporary folder, for tests of this folder and of those that use it. */

import { lstatSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Checkout } from '../checkout.ts'
import { type Oid, parseOid } from '../names.ts'
import { createGit, type Git } from '../run.ts'

export type TestRepository = {
  readonly git: Git
  readonly path: string
  /** The folder around the repository; gone when the test has finished. */
  readonly around: string
  readonly trusted: Checkout
  readonly untrusted: Checkout
  /** Runs git as a user would; gives stdout without its last line end, throws on a failure. */
  raw(...args: string[]): Promise<string>
  /** The same in another folder. */
  rawIn(folder: string, ...args: string[]): Promise<string>
  write(path: string, content: string | Uint8Array): Promise<void>
  /** Writes files, stages everything, commits. */
  commit(message: string, files?: Readonly<Record<string, string>>): Promise<Oid>
  /** The full oid of anything git can resolve. */
  oid(revision: string): Promise<Oid>
}

/** A real, empty temporary folder that goes when the test has finished. */
export async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-git-')))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A repository on `main` with one commit that holds `README.md`. */
export async function createRepository({ name = 'shop', git = createGit({ env: process.env }) } = {}): Promise<TestRepository> {
  const around = await temporaryFolder()
  const path = join(around, name)
  await mkdir(path)

  async function rawIn(folder: string, ...args: string[]): Promise<string> {
    const ended = await git.run({ cwd: folder, args, writes: true })
    if (ended.code !== 0) throw new Error(`git ${args.join(' ')} ended with ${ended.code}: ${ended.stderr}`)
    return ended.stdout.toString().replace(/\n$/u, '')
  }
  const raw = (...args: string[]): Promise<string> => rawIn(path, ...args)

  async function write(name: string, content: string | Uint8Array): Promise<void> {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), content)
  }
  async function oid(revision: string): Promise<Oid> {
    const found = parseOid(await raw('rev-parse', '--verify', revision))
    if (found === null) throw new Error(`${revision} is no object id`)
    return found
  }
  async function commit(message: string, files: Readonly<Record<string, string>> = {}): Promise<Oid> {
    for (const [name, content] of Object.entries(files)) await write(name, content)
    await raw('add', '--all')
    await raw('commit', '--quiet', '--allow-empty', '--message', message)
    return oid('HEAD')
  }

  await raw('init', '--quiet', '--initial-branch=main')
  await raw('config', 'user.name', 'Ada')
  await raw('config', 'user.email', 'ada@example.com')
  await commit('first', { 'README.md': 'one\ntwo\nthree\n' })
  return {
    git,
    path,
    around,
    trusted: { path, trusted: true },
    untrusted: { path, trusted: false },
    raw,
    rawIn,
    write,
    commit,
    oid,
  }
}

/** Every file and folder below a folder, without what lies in `.git`: what a user would notice. Bytes are shown as Latin-1. */
export function filesBelow(folder: string): readonly string[] {
  function below(at: Buffer, prefix: string): readonly string[] {
    return readdirSync(at, { withFileTypes: true, encoding: 'buffer' }).flatMap((entry) => {
      const name = `${prefix}${entry.name.toString('latin1')}`
      if (name === '.git' || name.endsWith('/.git')) return []
      return entry.isDirectory() ? [name, ...below(Buffer.concat([at, Buffer.from('/'), entry.name]), `${name}/`)] : [name]
    })
  }
  return below(Buffer.from(folder), '').toSorted()
}

/** True when something has that name. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}
