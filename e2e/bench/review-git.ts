/**
 * What a review costs git: our load of a diff beside `git diff` itself, a refresh after one edit beside a full status (G11), the processes of
 * each kind of refresh (G13), and what five worktrees of a large repository cost while nothing happens in them (G12, idle CPU).
 */

import { spawnSync } from 'node:child_process'
import { appendFile, chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseOid, type Oid } from '../../electron/git/names.ts'
import { gitDirOf } from '../../electron/git/places.ts'
import { createGit } from '../../electron/git/run.ts'
import { createLoads } from '../../electron/review/cache.ts'
import { listChanges, readPatch } from '../../electron/review/diffs.ts'
import type { Reviewed } from '../../electron/review/reviewed.ts'
import { createObserver, type Observer } from '../../electron/sessions/observer.ts'
import type { Work } from '../../electron/sessions/view.ts'
import { fromEnvironment, median, ms, tell, times } from './figures.ts'

const FILES = fromEnvironment('BENCH_FILES', 50_000)
const ROUNDS = fromEnvironment('BENCH_ROUNDS', 9)
const IDLE_SECONDS = fromEnvironment('BENCH_SECONDS', 60)
const WORKTREES = 5

const around = await realpath(await mkdtemp(join(tmpdir(), 'sluice-bench-')))
const path = join(around, 'big')
const counted = join(around, 'counted')

function plain(cwd: string, ...args: string[]): string {
  const ended = spawnSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 1e9 })
  if (ended.status !== 0) throw new Error(`git ${args.join(' ')}: ${ended.stderr}`)
  return ended.stdout.trim()
}

function oidOf(cwd: string, revision: string): Oid {
  const oid = parseOid(plain(cwd, 'rev-parse', revision))
  if (oid === null) throw new Error(`${revision} is no object`)
  return oid
}

async function timed(work: () => unknown): Promise<number> {
  const before = performance.now()
  await work()
  return performance.now() - before
}

/** A git on the PATH that counts how often it is started, by verb. */
async function countingPath(): Promise<string> {
  const folder = join(around, 'bin')
  await mkdir(folder)
  const real = spawnSync('which', ['git'], { encoding: 'utf8' }).stdout.trim()
  const script = `#!/bin/sh
skip=
for word do
  if [ -n "$skip" ]; then skip=; continue; fi
  case $word in -c) skip=1 ;; -*) ;; *) echo "$word" >>'${counted}'; break ;; esac
done
exec '${real}' "$@"
`
  await writeFile(join(folder, 'git'), script)
  await chmod(join(folder, 'git'), 0o755)
  return folder + delimiter + (process.env['PATH'] ?? '')
}

async function started(): Promise<readonly string[]> {
  const text = await readFile(counted, 'utf8').catch(() => '')
  return text.split('\n').filter((line) => line !== '')
}

const line = (file: number, at: number): string => `export const value${at} = ${file * 31 + at}\n`
const fileName = (file: number): string =>
  `packages/p${Math.floor(file / 12) % 97}/src/d${Math.floor(file / 12)}/file-${file % 12}.ts`

/** One commit of so many files, without writing them one by one. */
function importFiles(): void {
  const blobs = ['commit refs/heads/main\ncommitter Ada <ada@example.com> 1700000000 +0000\ndata 5\nfirst\n']
  for (let file = 0; file < FILES; file += 1) {
    const text = Array.from({ length: 20 }, (_, at) => line(file, at)).join('')
    blobs.push(`M 100644 inline ${fileName(file)}\ndata ${text.length}\n${text}\n`)
  }
  const ended = spawnSync('git', ['fast-import', '--quiet'], { cwd: path, input: blobs.join('') })
  if (ended.status !== 0) throw new Error(ended.stderr.toString())
}

type Looked = { readonly observer: Observer; readonly folder: string; next(): Promise<Work> }

/** A session's observer, with a way to wait for what it tells next. */
function observed(git: ReturnType<typeof createGit>, name: string): Looked {
  const folder = join(around, name)
  const waiting: ((work: Work) => void)[] = []
  const head = oidOf(folder, 'HEAD')
  const target = oidOf(path, 'main')
  const observer = createObserver(
    git,
    { head, ahead: 0, behind: 0, dirty: false, files: 0, insertions: 0, deletions: 0 },
    async () => (await gitDirOf(folder))?.own ?? null,
    () => ({
      repository: { path, trusted: true },
      worktree: { path: folder, trusted: true },
      branch: `sluice/${name}`,
      target,
    }),
    (work) => waiting.splice(0).forEach((heard) => heard(work)),
    (error) => {
      throw error
    },
  )
  return { observer, folder, next: () => new Promise((resolve) => waiting.push(resolve)) }
}

await mkdir(path)
try {
  plain(path, 'init', '--quiet', '--initial-branch=main')
  plain(path, 'config', 'user.name', 'Ada')
  plain(path, 'config', 'user.email', 'ada@example.com')
  importFiles()
  plain(path, 'reset', '--quiet', '--hard')
  const names = Array.from({ length: WORKTREES }, (_, at) => `w${at + 1}`)
  for (const name of names) plain(path, 'worktree', 'add', '--quiet', '-b', `sluice/${name}`, join(around, name))
  const first = join(around, 'w1')
  for (let file = 0; file < 500; file += 1) {
    const text = Array.from({ length: 20 }, (_, at) =>
      at % 2 === 0 ? `${line(file, at).trimEnd()} + 1\n` : line(file, at),
    ).join('')
    await writeFile(join(first, fileName(file * 3)), text)
  }
  plain(first, 'commit', '--quiet', '--all', '--message', 'much')
  tell(`${FILES} files, ${WORKTREES} worktrees, ${ROUNDS} rounds, medians`)

  const git = createGit({ env: { ...process.env, PATH: await countingPath() } })
  const quiet = createGit({ env: process.env })
  const [base, head] = [oidOf(path, 'main'), oidOf(first, 'HEAD')]
  const reviewed = (): Reviewed => ({
    name: 'w1',
    worktree: { path: first, trusted: true },
    branch: 'sluice/w1',
    target: base,
    scope: [],
    looked: null,
    marks: [],
    other: () => null,
    version: () => null,
    trouble: () => null,
    loads: createLoads(),
  })
  const load = async (of: Reviewed): Promise<void> => {
    await listChanges(quiet, of, 'branch')
    await readPatch(quiet, of, 'branch', undefined)
  }
  const ours: number[] = []
  const again: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const fresh = reviewed()
    ours.push(await timed(() => load(fresh)))
    again.push(await timed(() => load(fresh)))
    theirs.push(
      await timed(() => {
        plain(first, 'diff', '--raw', '--numstat', '-M', base, head)
        plain(first, 'diff', '-M', base, head)
      }),
    )
  }
  tell(
    `a diff of 500 files, list and patch  ${ms(median(ours))}, git diff itself ${ms(median(theirs))}: ${times(median(ours) / median(theirs))}`,
  )
  tell(`the same again, nothing changed      ${ms(median(again))}: ${times(median(again) / median(theirs))}`)

  const sessions = names.map((name) => observed(git, name))
  await Promise.all(sessions.map(({ observer }) => observer.look()))
  const [shown, beside, hidden] = sessions
  if (shown === undefined || beside === undefined || hidden === undefined) throw new Error('Too few worktrees.')
  for (const { observer } of [shown, beside]) {
    observer.show()
    while (observer.version() === null) {
      const trouble = observer.trouble()
      if (trouble !== null) throw new Error(trouble)
      await pause(20)
    }
    await observer.look()
  }

  // With git itself: the one that counts is a program of its own.
  const timedOne = observed(quiet, 'w4')
  await appendFile(join(timedOne.folder, fileName(3)), '// first\n')
  timedOne.observer.show()
  while (timedOne.observer.version() === null) await pause(20)
  await timedOne.observer.look()
  const full: number[] = []
  const refresh: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    full.push(
      await timed(() => plain(timedOne.folder, '--no-optional-locks', 'status', '--porcelain=v2', '-z', '--untracked-files=all')),
    )
    const told = timedOne.next()
    await appendFile(join(timedOne.folder, fileName(3)), `// ${round}\n`)
    // Without the pause in which a burst of events settles.
    refresh.push((await timed(() => told)) - 150)
  }
  await timedOne.observer.close()
  const ratio = median(refresh) / median(full)
  tell(
    `G11 refresh after one edit           ${ms(median(refresh))}, full status ${ms(median(full))}: ${times(ratio)} (wanted: at most 0.2 ×)`,
  )

  const cost = async (what: string, { folder, next }: Looked, change: () => unknown): Promise<void> => {
    await rm(counted, { force: true })
    const told = next()
    await change()
    await told
    // What a burst began a moment later belongs to it.
    await pause(1000)
    const verbs = await started()
    tell(`G13 ${what.padEnd(33)}${verbs.length} processes (${verbs.join(', ')}) in ${folder.slice(around.length + 1)}`)
  }
  await cost('an edit, on show', shown, () => appendFile(join(first, fileName(3)), '// more\n'))
  await cost('a new file, on show', shown, () => writeFile(join(first, 'new.ts'), 'x\n'))
  await cost('an edit, not on show', hidden, async () => {
    await appendFile(join(hidden.folder, fileName(3)), '// more\n')
    hidden.observer.poke()
  })
  await cost('a commit, not on show', hidden, () => plain(hidden.folder, 'commit', '--quiet', '--all', '--message', 'one'))
  await cost('a commit beside a new file', shown, () => plain(first, 'commit', '--quiet', '--all', '--message', 'one'))

  await pause(2000)
  await rm(counted, { force: true })
  const before = process.cpuUsage()
  await pause(IDLE_SECONDS * 1000)
  const { user, system } = process.cpuUsage(before)
  const processes = (await started()).length
  tell(
    `G12 idle, ${WORKTREES} worktrees, 2 on show     ${((processes * 60) / IDLE_SECONDS).toFixed(1)} git processes a minute (wanted: 0)`,
  )
  tell(`idle CPU of the process              ${((user + system) / 1e4 / IDLE_SECONDS).toFixed(2)} %`)
  await Promise.all(sessions.map(({ observer }) => observer.close()))
} finally {
  await rm(around, { recursive: true, force: true })
}
