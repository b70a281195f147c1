/** The launcher of a checkout builds it once, however many are started at the same time. */

import { spawn, spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'

/** Stands for the bundler: notes that it was called, takes its time, writes the command. */
const BUNDLER = `
const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs')
appendFileSync('builds', 'built ')
mkdirSync('out/main', { recursive: true })
writeFileSync('out/main/sluice.js', 'throw new Error("half built")')
setTimeout(() => writeFileSync('out/main/sluice.js', 'console.log("runs")'), 500)
`

let checkout: string

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'sluice-fresh-'))
  for (const folder of ['build', 'electron', 'node_modules/electron-vite/bin', 'out'])
    await mkdir(join(checkout, folder), { recursive: true })
  for (const file of ['fresh.mjs', 'sluice.mjs']) await cp(join(import.meta.dirname, file), join(checkout, 'build', file))
  await writeFile(join(checkout, 'node_modules/electron-vite/bin/electron-vite.js'), BUNDLER)
})
afterEach(() => rm(checkout, { recursive: true, force: true }))

const launch = (): Promise<string> =>
  text(spawn(process.execPath, [join(checkout, 'build/sluice.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] }).stdout)
const builds = (): Promise<string> => readFile(join(checkout, 'builds'), 'utf8')

test('of several at once one builds, and all run what it built', async () => {
  expect(await Promise.all([launch(), launch(), launch()])).toEqual(['runs\n', 'runs\n', 'runs\n'])
  expect(await builds()).toBe('built ')
})

test('what is built is not built again until a source is newer', async () => {
  await launch()
  expect(await launch()).toBe('runs\n')
  expect(await builds()).toBe('built ')
  await writeFile(join(checkout, 'electron/new.ts'), '')
  expect(await launch()).toBe('runs\n')
  expect(await builds()).toBe('built built ')
})

test('a build that was killed does not hold up the next one', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  await writeFile(join(checkout, 'out/.building'), String(pid))
  expect(await launch()).toBe('runs\n')
})
