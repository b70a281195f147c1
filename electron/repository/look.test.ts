import { execFile } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { fail, ok, type Result } from '../../shared/result.ts'
import { createGit } from '../git/run.ts'
import { temporaryFolder } from '../git/testing/repository.ts'
import { createLook, type FindClaude } from './look.ts'
import { readRootFiles } from './root-files.ts'

type FoundClaude = Awaited<ReturnType<FindClaude>>
const HERE: FoundClaude = ok({ path: '/usr/bin/claude', version: '2.1.329' })
const git = createGit({ env: process.env })

function looking(answers: readonly FoundClaude[], checkout: string | null = null) {
  let asked = 0
  let at = 0
  const look = createLook({
    git,
    now: () => new Date(at),
    checkout: () => checkout,
    claude: (): Promise<Result<{ path: string; version: string }, 'no-claude' | 'claude-too-old'>> => {
      asked += 1
      return Promise.resolve(answers[Math.min(asked, answers.length) - 1]!)
    },
  })
  return { look, asked: () => asked, pass: (ms: number) => (at += ms) }
}

test('git, Claude Code, and nothing of a repository when none is open', async () => {
  expect(await looking([HERE]).look()).toEqual({
    git: { version: expect.stringMatching(/^\d+\.\d+/u) },
    claude: { version: '2.1.329', path: '/usr/bin/claude', login: 'unknown' },
    checks: [],
    setup: [],
  })
})

test('tools that are there are asked once a minute', async () => {
  const { look, asked, pass } = looking([HERE])
  await Promise.all([look(), look()])
  pass(59_999)
  await look()
  expect(asked()).toBe(1)
  pass(1)
  await look()
  expect(asked()).toBe(2)
})

test('what is missing is looked for again at once', async () => {
  const { look } = looking([fail('no-claude', 'Looked everywhere.'), HERE])
  expect((await look()).claude).toMatchObject({ version: null, path: null, problem: expect.stringContaining('npm install -g') })
  expect((await look()).claude).toMatchObject({ version: '2.1.329' })
})

test('one that cannot be used keeps its place and its sentence', async () => {
  const { look } = looking([fail('claude-too-old', 'Too old.', { path: '/opt/claude' })])
  expect((await look()).claude).toEqual({ version: null, path: '/opt/claude', login: 'unknown', problem: 'Too old.' })
})

test('the files of the repository are read each time', async () => {
  const folder = await temporaryFolder()
  const { look } = looking([HERE], folder)
  expect((await look()).checks).toEqual([])
  await writeFile(join(folder, 'go.mod'), 'module shop\n')
  expect((await look()).checks.map((one) => one.command)).toEqual(['go vet ./...', 'go test ./...'])
})

test('links, folders, pipes and what is too large are not read', async () => {
  const folder = await temporaryFolder()
  const manifest = JSON.stringify({ scripts: { test: 'x' } })
  await writeFile(join(folder, 'elsewhere'), manifest)
  await symlink(join(folder, 'elsewhere'), join(folder, 'package.json'))
  await mkdir(join(folder, 'Cargo.toml'))
  await promisify(execFile)('mkfifo', [join(folder, 'Makefile')])
  await writeFile(join(folder, 'composer.json'), ' '.repeat(256 * 1024 + 1))
  await writeFile(join(folder, 'Gemfile'), `# ${'x'.repeat(256 * 1024 - 2)}`)
  const files = await readRootFiles(folder)
  expect((['package.json', 'Cargo.toml', 'Makefile', 'composer.json'] as const).map((name) => files.text(name))).toEqual([
    null,
    null,
    null,
    null,
  ])
  expect([files.has('package.json'), files.has('Makefile'), files.has('composer.json')]).toEqual([false, false, true])
  expect(files.text('Gemfile')).toHaveLength(256 * 1024)
})
