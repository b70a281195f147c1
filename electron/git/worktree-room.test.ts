import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeRoom } from './worktree-room.ts'

const run = promisify(execFile)
let folder: string

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-room-')))
})
afterEach(() => rm(folder, { recursive: true }))

const refusal = (message: unknown): object => ({ ok: false, failure: { code: 'read-only', message } })

test('a folder is made with those above it, and the first of them is told; one that is there is none', async () => {
  expect(await makeRoom(join(folder, 'a', 'b'))).toEqual({ ok: true, value: join(folder, 'a') })
  expect(await makeRoom(join(folder, 'a', 'b'))).toEqual({ ok: true, value: null })
})

test.each(['file', 'file/below', 'file/below/that', 'nowhere/below'])(
  'what is no folder is named, on the way to “%s”',
  async (to) => {
    await writeFile(join(folder, 'file'), 'precious\n')
    await symlink(join(folder, 'gone'), join(folder, 'nowhere'))
    const at = join(folder, to.split('/')[0] ?? '')
    expect(await makeRoom(join(folder, to))).toMatchObject(refusal(expect.stringMatching(`^${at} is no folder, .*Move it away`)))
  },
)

test('what the system refuses is said of the folder that refuses it', async () => {
  expect(await makeRoom('/proc/sluice/below')).toMatchObject(refusal(expect.stringContaining('a folder in /proc (ENOENT)')))
})

/** Root may write wherever no mount and no mark forbids it; others are refused by the mode of a folder. */
const asRoot = process.getuid?.() === 0
const closing: readonly (readonly [string, readonly string[], readonly string[], RegExp])[] = asRoot
  ? [['a read-only mount', ['mount', '-t', 'tmpfs', '-o', 'ro', 'none'], ['umount'], /file system that can only be read/u]]
  : [['a closed folder', ['chmod', '555'], ['chmod', '755'], /may not write in/u]]

test.each(closing)(
  '%s is told from everything else, whether it is the folder or the one above',
  async (_name, shut, open, words) => {
    const shop = join(folder, 'shop')
    await mkdir(shop)
    await run(shut[0]!, [...shut.slice(1), shop])
    try {
      for (const wanted of [shop, join(shop, 'below'), join(shop, 'below', 'that')]) {
        const refused = await makeRoom(wanted)
        expect(refused).toMatchObject(refusal(expect.stringMatching(words)))
        expect(refused).toMatchObject(refusal(expect.stringMatching(new RegExp(`${shop}[ .]`, 'u'))))
      }
    } finally {
      await run(open[0]!, [...open.slice(1), shop])
    }
  },
)
