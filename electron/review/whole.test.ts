import { mkdir, symlink, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPictures } from './pictures.ts'
import { beginWork } from './testing/session-work.ts'
import { readWhole } from './whole.ts'

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1])

test('both sides of a file are its text in the two commits, and null where there is none', async () => {
  const work = await beginWork()
  await work.raw('mv', 'README.md', 'read.me')
  await work.commit('one', { 'new.txt': 'n\n', 'read.me': 'one\ntwo\nthree\nfour\n' })
  const reviewed = await work.reviewed()
  const whole = (path: string) => readWhole(work.git, reviewed, 'branch', path)
  expect(await whole('read.me')).toEqual({ ok: true, value: { from: 'one\ntwo\nthree\n', to: 'one\ntwo\nthree\nfour\n' } })
  expect(await whole('new.txt')).toEqual({ ok: true, value: { from: null, to: 'n\n' } })
  expect(await whole('other.txt')).toMatchObject({ failure: { code: 'no-such-work' } })
})

test('files of the worktree are read as they are, links are their own content and never followed', async () => {
  const work = await beginWork()
  await work.repository.write('../secret/inner.txt', 'secret\n')
  await work.commit('one', { 'folder/inner.txt': 'mine\n', 'link.txt': 'x\n' })
  await unlink(join(work.path, 'link.txt'))
  await symlink('../secret/inner.txt', join(work.path, 'link.txt'))
  await work.write('new.txt', 'n\n')
  const reviewed = await work.reviewed()
  const whole = (path: string) => readWhole(work.git, reviewed, 'uncommitted', path)
  expect(await whole('new.txt')).toMatchObject({ value: { from: null, to: 'n\n' } })
  expect(await whole('link.txt')).toMatchObject({ value: { from: 'x\n', to: '../secret/inner.txt' } })
  await unlink(join(work.path, 'folder/inner.txt'))
  await mkdir(join(work.path, 'other'))
  await work.write('folder/inner.txt', 'changed\n')
  expect(await whole('folder/inner.txt')).toMatchObject({ value: { from: 'mine\n', to: 'changed\n' } })
  await unlink(join(work.path, 'folder/inner.txt'))
  await work.raw('rm', '--quiet', '--cached', 'folder/inner.txt')
  await symlink(join(work.repository.around, 'secret'), join(work.path, 'beyond'))
  expect(await whole('beyond/inner.txt')).toMatchObject({ failure: { code: 'no-such-work' } })
  expect(await whole('beyond')).toMatchObject({ value: { from: null, to: join(work.repository.around, 'secret') } })
})

test('what is too large or no text is said, each with its code', async () => {
  const work = await beginWork()
  await work.commit('one', { 'large.txt': 'x\n'.repeat(1_100_000), 'pic.png': PNG })
  await work.write('loose.txt', 'x\n'.repeat(1_100_000))
  const reviewed = await work.reviewed()
  expect(await readWhole(work.git, reviewed, 'branch', 'large.txt')).toMatchObject({ failure: { code: 'too-large' } })
  expect(await readWhole(work.git, reviewed, 'uncommitted', 'loose.txt')).toMatchObject({ failure: { code: 'too-large' } })
  expect(await readWhole(work.git, reviewed, 'branch', 'pic.png')).toMatchObject({ failure: { code: 'binary' } })
})

test('a picture is given before and after with its type, an LFS pointer and a text are none', async () => {
  const work = await beginWork()
  await work.repository.commit('pictures', { 'pic.svg': '<svg/>\n' })
  await work.raw('reset', '--quiet', '--hard', 'main')
  await work.commit('one', {
    'pic.svg': '<svg></svg>\n',
    'pic.PNG': PNG,
    'lfs.png': 'version https://git-lfs.github.com/spec/v1\n',
  })
  const reviewed = await work.reviewed()
  const pictures = (path: string) => readPictures(work.git, reviewed, { of: 'branch', path })
  expect(await pictures('pic.PNG')).toEqual({
    ok: true,
    value: { from: null, to: { mime: 'image/png', base64: PNG.toString('base64'), bytes: PNG.length } },
  })
  expect(await pictures('pic.svg')).toMatchObject({ value: { from: { bytes: 7 }, to: { mime: 'image/svg+xml', bytes: 12 } } })
  expect(await pictures('lfs.png')).toMatchObject({ failure: { code: 'no-image' } })
  expect(await pictures('README.md')).toMatchObject({ failure: { code: 'no-image' } })
})
