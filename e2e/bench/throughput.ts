/** From a program to a parsed screen: the whole product against the page's own xterm.js alone, and against a bare headless one. */

import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import headless from '@xterm/headless'
import { BESIDE, arrange, forget, type BenchPage, type Files } from './bench-page.ts'
import { fromEnvironment, median, tell, times } from './figures.ts'
import { STREAMS, streamOf, type StreamName } from './streams.ts'

const BYTES = fromEnvironment('BENCH_MB', 12) * 1e6
const ROUNDS = fromEnvironment('BENCH_ROUNDS', 3)
/** What the issue allows, against bare headless parsing. */
const WANTED = 0.5
const CHUNK = 64 * 1024

/** Milliseconds that a stock headless terminal of this size takes for it. */
async function bareParse(bytes: Uint8Array): Promise<number> {
  const terminal = new headless.Terminal({ cols: 120, rows: 36, scrollback: 10_000, allowProposedApi: true, logLevel: 'off' })
  const started = performance.now()
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const piece = bytes.subarray(at, at + CHUNK)
    // Some are on their way at any time, as much as the page is handed in advance.
    if ((at / CHUNK) % 16 === 15) await new Promise<void>((resolve) => terminal.write(piece, resolve))
    else terminal.write(piece)
  }
  await new Promise<void>((resolve) => terminal.write('', resolve))
  const took = performance.now() - started
  terminal.dispose()
  return took
}

async function throughProduct(bench: BenchPage, folder: string, file: string, size: number): Promise<number> {
  const { page, house } = bench
  const ready = join(folder, 'ready')
  await rm(ready, { force: true })
  await house.run(BESIDE, `stty raw -echo; >${ready}; head -c 1 >/dev/null; cat ${file}; exec sleep 1000`)
  while (!existsSync(ready)) await page.waitForTimeout(20)
  await page.waitForTimeout(300)
  await forget(bench, BESIDE)
  const measured = page.evaluate(([id, count]) => window.pageBytes?.until(id, count), [BESIDE, size] as const)
  await house.write(BESIDE, 'g')
  return (await measured) ?? Number.NaN
}

type Round = { readonly bare: number; readonly page: number; readonly product: number }

/** Prints a line for each kind of output. One terminal with the keyboard and the one that is measured are on show. */
export async function benchThroughput(bench: BenchPage, files: Files): Promise<void> {
  await arrange(bench, 'two')
  tell(`\nthroughput of one terminal on show: ${BYTES / 1e6} MB, medians of ${ROUNDS} rounds in turn`)
  const streams: { readonly name: StreamName; readonly file: string; readonly bytes: Uint8Array; readonly rounds: Round[] }[] = []
  for (const name of STREAMS) {
    const bytes = streamOf(name, BYTES)
    streams.push({ name, bytes, file: await files.write(name, bytes), rounds: [] })
  }
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { name, file, bytes, rounds } of streams) {
      const product = await throughProduct(bench, files.folder, file, bytes.length)
      const page = await bench.page.evaluate(([id, address]) => window.pageBytes?.feed(id, address), [
        BESIDE,
        `/bench-file/${name}`,
      ] as const)
      const bare = await bareParse(bytes)
      // The first round warms up.
      if (round > 0) rounds.push({ product, page: page ?? Number.NaN, bare })
    }
  }
  for (const { name, bytes, rounds } of streams) {
    const rate = (of: (round: Round) => number): string => (bytes.length / 1e3 / median(rounds.map(of))).toFixed(1).padStart(6)
    const ofBare = median(rounds.map(({ bare, product }) => bare / product))
    const ofPage = median(rounds.map(({ page, product }) => page / product))
    tell(
      `${name.padEnd(8)} headless ${rate(({ bare }) => bare)} MB/s  xterm.js in the page ${rate(({ page }) => page)} MB/s  product ${rate(({ product }) => product)} MB/s: ${times(ofBare)} headless (wanted: at least ${WANTED}), ${times(ofPage)} the page's xterm.js`,
    )
  }
}
