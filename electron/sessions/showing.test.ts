import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { gitDirOf } from '../git/places.ts'
import type { Git } from '../git/run.ts'
import { createRepository } from '../git/testing/repository.ts'
import { createObserver } from './observer.ts'
import { observe, type Observed } from './observing.ts'
import type { Work } from './view.ts'

const BEFORE: Work = { head: '', ahead: 0, behind: 0, dirty: false, files: 0, insertions: 0, deletions: 0 }

/** The observer of a worktree with some files, whose files are on show; the verbs of git that it ran. */
async function shown() {
  const { git, trusted, around, raw, rawIn, oid, commit } = await createRepository()
  await commit('files', {
    'src/a.txt': 'a\n',
    'src/deep/b.txt': 'b\n',
    'gone.txt': 'gone\nfor good\n',
    '.gitignore': 'built/\n*.log\n',
  })
  const path = join(around, 'login')
  await raw('worktree', 'add', '--quiet', '-b', 'sluice/login', path)
  const verbs: string[] = []
  const counted: Git = {
    run(request) {
      verbs.push(request.args.find((arg, at) => !arg.startsWith('-') && request.args[at - 1] !== '-c') ?? '')
      return git.run(request)
    },
  }
  const subject: Observed = {
    repository: trusted,
    worktree: { path, trusted: true },
    branch: 'sluice/login',
    target: await oid('main'),
  }
  const heard: Work[] = []
  const waiting: (() => void)[] = []
  const observer = createObserver(
    counted,
    BEFORE,
    async () => (await gitDirOf(path))?.own ?? null,
    () => subject,
    (work) => {
      heard.push(work)
      for (const done of waiting.splice(0)) done()
    },
    (error) => {
      throw error
    },
  )
  onTestFinished(() => observer.close())
  /** Waits until what was told last is so. */
  async function until(holds: (work: Work) => boolean): Promise<Work> {
    for (;;) {
      const last = heard.at(-1)
      if (last !== undefined && holds(last)) return last
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }
  observer.show()
  await observer.look()
  // Once every change is noticed, there is a version of the files.
  await expect.poll(() => observer.version(), { timeout: 60_000 }).not.toBeNull()
  await expect.poll(() => verbs.filter((verb) => verb === 'status').length, { timeout: 60_000 }).toBe(3)
  await observer.look()
  const write = async (file: string, text: string): Promise<void> => writeFile(join(path, file), text)
  /** What a look at everything sees. */
  const whole = (): Promise<Work> => observe(git, BEFORE, subject)
  return { observer, until, verbs, path, write, whole, rawIn, raw, heard }
}

const size = ({ files, insertions, deletions, dirty }: Work) => ({ files, insertions, deletions, dirty })

test('an edit, a new file and a new folder are seen at once, each with three git processes at most, as a look at everything sees them', async () => {
  const { until, verbs, path, write, whole, observer } = await shown()
  const after = async (change: () => Promise<unknown>, holds: (work: Work) => boolean): Promise<readonly string[]> => {
    verbs.length = 0
    const version = observer.version()
    await change()
    expect(size(await until(holds))).toEqual(size(await whole()))
    expect(observer.version()).not.toBe(version)
    return [...verbs]
  }
  expect(
    await after(
      () => write('src/a.txt', 'a\nmore\n'),
      ({ insertions }) => insertions === 1,
    ),
  ).toEqual(['status', 'diff'])
  const added = await after(
    () => write('src/deep/new.txt', '1\n2\n'),
    ({ insertions }) => insertions === 3,
  )
  expect(added).toEqual(['status', 'update-index', 'diff'])
  await after(
    async () => {
      await mkdir(join(path, 'fresh/inner'), { recursive: true })
      await write('fresh/inner/one.txt', '1\n')
    },
    ({ insertions }) => insertions === 4,
  )
  // The new folder is watched, too.
  await after(
    () => write('fresh/inner/two.txt', '1\n'),
    ({ insertions }) => insertions === 5,
  )
  await after(
    () => rm(join(path, 'src/deep/new.txt')),
    ({ insertions }) => insertions === 3,
  )
  // The same number of lines, and yet another change: who shows them is told.
  const edits = (await until(() => true)).edits ?? 0
  await after(
    () => write('src/a.txt', 'a\nother\n'),
    (work) => (work.edits ?? 0) > edits,
  )
})

test('a file that moves is seen as a move, which no look at one path could tell', async () => {
  const { until, path, whole } = await shown()
  await rename(join(path, 'gone.txt'), join(path, 'src/moved.txt'))
  expect(size(await until(({ files, dirty }) => dirty && files === 1))).toEqual(size(await whole()))
})

test('nothing of git runs while all is quiet, whoever asks, nor again and again for files that are ignored', async () => {
  const { observer, until, verbs, path, write } = await shown()
  verbs.length = 0
  await write('one.log', 'x\n')
  await until(({ edits }) => edits !== undefined)
  expect(verbs).toEqual(['status'])
  verbs.length = 0
  for (let count = 0; count < 20; count += 1) observer.stir()
  await writeFile(join(path, 'one.log'), `${await readFile(join(path, 'one.log'), 'utf8')}x\n`)
  // What comes after it is seen, so that it was heard.
  await write('src/a.txt', 'a\nmore\n')
  await until(({ insertions }) => insertions === 1)
  expect(verbs).toEqual(['status', 'diff'])
})

test('rules for many files, commits and what happens while nothing is on show make it look at everything', async () => {
  const { observer, until, path, write, whole, rawIn } = await shown()
  await write('built.txt', 'b\n')
  await until(({ insertions }) => insertions === 1)
  await write('.gitignore', 'built/\n*.log\nbuilt.txt\n')
  await until(({ files, insertions }) => files === 1 && insertions === 1)
  await rawIn(path, 'commit', '--quiet', '--all', '--message', 'rules')
  expect(await until(({ ahead }) => ahead === 1)).toMatchObject({ dirty: false })
  observer.hide()
  expect(observer.version()).toBeNull()
  await write('src/a.txt', 'a\nmore\n')
  observer.poke()
  expect(size(await until(({ dirty }) => dirty))).toEqual(size(await whole()))
})

test('a folder that comes together with much else, and one that is empty yet, are watched, too', async () => {
  const { observer, until, path, write, rawIn } = await shown()
  await mkdir(join(path, 'staged'))
  await write('staged/one.txt', '1\n')
  await rawIn(path, 'add', '--all')
  await until(({ insertions }) => insertions === 1)
  await write('staged/two.txt', '2\n')
  await until(({ insertions }) => insertions === 2)
  await mkdir(join(path, 'empty/inner'), { recursive: true })
  await write('.gitignore', 'built/\n*.log\nother/\n')
  await until(({ insertions }) => insertions === 3)
  await expect.poll(() => observer.version(), { timeout: 60_000 }).not.toBeNull()
  await write('empty/inner/three.txt', '3\n')
  await until(({ insertions }) => insertions === 4)
})

test('a file that a rule ignores is followed once it was added all the same', async () => {
  const { until, write, rawIn, path } = await shown()
  await write('one.log', '1\n')
  await until(({ edits }) => edits !== undefined)
  await rawIn(path, 'add', '--force', 'one.log')
  await until(({ insertions }) => insertions === 1)
  await write('one.log', '1\n2\n')
  expect(await until(({ insertions }) => insertions === 2)).toMatchObject({ files: 1 })
})

test('what was on show before is never taken for what is there now: its version is another one', async () => {
  const { observer, write } = await shown()
  const before = observer.version()
  observer.hide()
  await write('src/a.txt', 'a\nmore\n')
  observer.show()
  await expect.poll(() => observer.version(), { timeout: 60_000 }).not.toBeNull()
  expect(observer.version()).not.toBe(before)
})

test('a worktree that was made again in its place is followed as the first one was', async () => {
  const { observer, until, path, write, rawIn, raw } = await shown()
  await rm(path, { recursive: true })
  await until(({ problem }) => problem !== undefined)
  await raw('worktree', 'prune')
  await raw('worktree', 'add', '--quiet', path, 'sluice/login')
  await observer.look()
  await expect.poll(() => observer.version(), { timeout: 60_000 }).not.toBeNull()
  await write('src/deep/b.txt', 'b\nmore\n')
  await until(({ insertions }) => insertions === 1)
  await rawIn(path, 'status')
})

test('whoever asks at the same time shares one look', async () => {
  const { observer, verbs } = await shown()
  verbs.length = 0
  await Promise.all([observer.look(), observer.look(), observer.look()])
  expect(verbs).toEqual(['status', 'diff'])
})
