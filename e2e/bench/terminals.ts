/**
 * What terminals cost: throughput, echo, frames, memory, coming on show, the end of the output. Each figure stands beside a baseline
 * of the same run. Words choose parts (`throughput echo frames interrupt growth idle attach exits`); `credit` runs only when asked for.
 */

import { openPage, makeFiles, startBrowser, type BenchPage } from './bench-page.ts'
import { benchCredit, benchEcho, benchFrames, benchInterrupt } from './echo.ts'
import { benchExits } from './exits.ts'
import { tell } from './figures.ts'
import { benchAttach, benchGrowth, benchIdle } from './keeping.ts'
import { benchThroughput } from './throughput.ts'

const KB = 1024
const CREDITS = [
  ['256 / 32 KiB', { idle: 256 * KB, typing: 32 * KB }],
  ['256 / 256 KiB', { idle: 256 * KB, typing: 256 * KB }],
  ['32 / 32 KiB', { idle: 32 * KB, typing: 32 * KB }],
] as const

const words = process.argv.slice(2)
const wants = (part: string): boolean => words.length === 0 || words.includes(part)

const files = await makeFiles()
const browser = await startBrowser()
const open: BenchPage[] = []
try {
  const parts = [
    ['throughput', benchThroughput],
    ['echo', benchEcho],
    ['frames', benchFrames],
    ['interrupt', benchInterrupt],
    ['attach', benchAttach],
    ['growth', benchGrowth],
    ['idle', benchIdle],
  ] as const
  if (parts.some(([part]) => wants(part))) {
    const bench = await openPage(browser, files)
    open.push(bench)
    for (const [part, run] of parts) if (wants(part)) await run(bench, files)
    await bench.close()
    open.pop()
  }
  if (words.includes('credit')) {
    const benches = new Map<string, BenchPage>()
    for (const [what, limits] of CREDITS) {
      const bench = await openPage(browser, files, limits)
      open.push(bench)
      benches.set(what, bench)
    }
    await benchCredit(benches, files)
  }
  if (wants('exits')) await benchExits()
} catch (error) {
  tell(String(error))
  process.exitCode = 1
} finally {
  for (const bench of open) await bench.close().catch(() => undefined)
  await browser.close()
  await files.dispose()
}
