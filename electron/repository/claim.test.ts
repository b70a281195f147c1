import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { claimsFolder, createClaims, type Claims } from './claim.ts'

async function makePlace(): Promise<{
  readonly folder: string
  readonly around: string
  readonly warnings: string[]
  house(): Claims
}> {
  const around = await realpath(await mkdtemp(join(tmpdir(), 'sluice-claim-')))
  onTestFinished(() => rm(around, { recursive: true, force: true }))
  const folder = join(around, 'claims')
  const warnings: string[] = []
  return { folder, around, warnings, house: () => createClaims(folder, (message) => warnings.push(message)) }
}

/** Beside them lies the lock. */
const claimsIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.json'))

const SHOP = '/home/ada/shop/.git'

test('a repository that another House has is refused with its process, and free again once that lets go', async () => {
  const { folder, house } = await makePlace()
  const [first, second] = [house(), house()]
  expect(await first.take(SHOP)).toMatchObject({ ok: true })
  expect(await first.take(SHOP)).toMatchObject({ ok: true })
  expect(await second.take(SHOP)).toMatchObject({
    failure: { code: 'in-use', message: expect.stringContaining(`process ${process.pid}`) },
  })
  expect(await second.take('/home/ada/docs/.git')).toMatchObject({ ok: true })
  await second.keepOnly(null)
  expect(await second.take(SHOP)).toMatchObject({ ok: false })
  await first.keepOnly(null)
  expect(await second.take(SHOP)).toMatchObject({ ok: true })
  expect(await claimsIn(folder)).toHaveLength(1)
})

test('opening another one lets go of the first', async () => {
  const { house } = await makePlace()
  const [first, second] = [house(), house()]
  await first.take(SHOP)
  await first.take('/home/ada/docs/.git')
  await first.keepOnly('/home/ada/docs/.git')
  expect(await second.take(SHOP)).toMatchObject({ ok: true })
  expect(await second.take('/home/ada/docs/.git')).toMatchObject({ ok: false })
})

/** The claim of a process that has ended, and of one that got its number later. */
async function leaveClaim(folder: string, owner: object | string): Promise<void> {
  const [name] = await claimsIn(folder)
  await writeFile(join(folder, name!), typeof owner === 'string' ? owner : JSON.stringify(owner))
}

test('what a killed one left is taken over, by one of many that try', async () => {
  const { folder, house } = await makePlace()
  const child = spawn('/bin/sh', ['-c', 'exit 0'])
  await once(child, 'exit')
  const left = [
    { pid: child.pid, start: null, house: 'x' },
    { pid: process.pid, start: 'another time', house: 'x' },
    'half a fi',
    '',
  ]
  for (const owner of left) {
    const before = house()
    await before.take(SHOP)
    await leaveClaim(folder, owner)
    const taken = await Promise.all(Array.from({ length: 8 }, () => house().take(SHOP)))
    expect(taken.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await claimsIn(folder)).toHaveLength(1)
    await rm(folder, { recursive: true })
  }
})

test('a claim says nothing but whose it is', async () => {
  const { folder, house } = await makePlace()
  await house().take(SHOP)
  const [name] = await claimsIn(folder)
  expect(name).not.toContain('shop')
  expect(Object.keys(JSON.parse(await readFile(join(folder, name!), 'utf8')) as object)).toEqual(['pid', 'start', 'house'])
})

test('a link in place of the folder, or of a claim, is never followed', async () => {
  const { folder, around, warnings, house } = await makePlace()
  const [elsewhere, precious] = [join(around, 'elsewhere'), join(around, 'precious.txt')]
  await mkdir(elsewhere)
  await symlink(elsewhere, folder)
  expect(await house().take(SHOP)).toMatchObject({ ok: true })
  expect(warnings).toHaveLength(1)
  expect(await readdir(elsewhere)).toEqual([])
  await rm(folder)

  await house().take(SHOP)
  const [name] = await claimsIn(folder)
  await rm(join(folder, name!))
  await writeFile(precious, 'precious')
  await symlink(precious, join(folder, name!))
  expect(await house().take(SHOP)).toMatchObject({ ok: true })
  expect(await readFile(precious, 'utf8')).toBe('precious')
})

test('its place is the user’s own for what lives as long as the machine runs', () => {
  expect(claimsFolder({ XDG_RUNTIME_DIR: '/run/user/7' }, 7)).toBe('/run/user/7/sluice')
  expect(claimsFolder({ XDG_RUNTIME_DIR: 'relative', TMPDIR: '/scratch' }, 7)).toBe('/scratch/sluice-7')
  expect(claimsFolder({}, 7)).toBe(join(tmpdir(), 'sluice-7'))
})
