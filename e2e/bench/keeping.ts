/** What terminals cost that only wait: memory of the House in a long flood, of a session with a full scrollback; how soon one is on show. */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import headless from '@xterm/headless'
import { BESIDE, SESSIONS, arrange, type BenchPage, type Files } from './bench-page.ts'
import { floodOf, setFloods } from './echo.ts'
import { fromEnvironment, mb, median, ms, tell, times } from './figures.ts'
import { linesOf, streamOf } from './streams.ts'

const SECONDS = fromEnvironment('BENCH_SECONDS', 60)
const ROUNDS = fromEnvironment('BENCH_ROUNDS', 3)
const LINES = 10_000
const COLUMNS = 80
const EXTRA = 8
/** What the issue allows: resident memory at the end of the flood against its beginning. */
const WANTED_GROWTH = 1.2

async function fill({ house, page }: BenchPage, terminal: string, file: string): Promise<void> {
  await house.run(terminal, `stty -opost; cat ${file}; printf full; exec cat`)
  while (!(await house.shown(terminal)).includes('full')) await page.waitForTimeout(50)
}

/** Prints how the House's memory grows while five programs print without an end. */
export async function benchGrowth(bench: BenchPage, files: Files): Promise<void> {
  const file = await files.write('flood-lines', streamOf('sgr', 4e6))
  await arrange(bench, 'two')
  // Full first: that the scrollback fills up is no growth.
  const lines = await files.write('lines', linesOf(LINES, COLUMNS))
  const flooded = Array.from({ length: SESSIONS - 1 }, (_, at) => `s${at + 2}`)
  for (const id of flooded) await fill(bench, id, lines)
  await setFloods(bench, new Map(flooded.map((id) => [id, floodOf(file)])))
  await bench.page.waitForTimeout(4_000)
  const start = await bench.house.rss()
  const samples: number[] = []
  const until = performance.now() + SECONDS * 1000
  while (performance.now() < until) {
    await bench.page.waitForTimeout(250)
    samples.push(await bench.house.rss())
  }
  await setFloods(bench, new Map())
  const end = median(samples.slice(-8))
  tell(
    `\nmemory of the House in ${SECONDS} s of five floods: ${mb(start)} at the start, ${mb(end)} at the end: ${times(end / start)} (wanted: at most ${WANTED_GROWTH}); most ${mb(Math.max(...samples))}`,
  )
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** The bytes that a stock headless terminal takes for the same lines. */
async function bareMemory(bytes: Uint8Array): Promise<number> {
  const used = (): number => {
    collect()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  const before = used()
  const terminals = Array.from(
    { length: EXTRA },
    () => new headless.Terminal({ cols: COLUMNS, rows: 24, scrollback: LINES, allowProposedApi: true, logLevel: 'off' }),
  )
  for (const terminal of terminals) await new Promise<void>((resolve) => terminal.write(bytes, resolve))
  const each = (used() - before) / EXTRA
  for (const terminal of terminals) terminal.dispose()
  return each
}

async function pageMemory({ page }: BenchPage): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const usage: Readonly<Record<string, number>> = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return (usage['usedSize'] ?? 0) + (usage['backingStorageSize'] ?? 0)
}

/** Prints what one more idle session with a full scrollback costs. */
export async function benchIdle(bench: BenchPage, files: Files): Promise<void> {
  const bytes = linesOf(LINES, COLUMNS)
  const file = await files.write('lines', bytes)
  await arrange(bench, 'one')
  const [host, page] = [await bench.house.rss(true), await pageMemory(bench)]
  for (let at = 1; at <= EXTRA; at += 1) await fill(bench, `extra-${at}`, file)
  const [hostEach, pageEach] = [((await bench.house.rss(true)) - host) / EXTRA, ((await pageMemory(bench)) - page) / EXTRA]
  const bare = await bareMemory(bytes)
  tell(
    `memory of one idle session with ${LINES} lines of ${COLUMNS} columns: House ${mb(hostEach)} (${times(hostEach / bare)} a bare headless terminal, ${mb(bare)}), page ${mb(pageEach)}`,
  )
}

/** Prints how soon a session with a full scrollback is on show. */
export async function benchAttach(bench: BenchPage, files: Files): Promise<void> {
  const { page } = bench
  const file = await files.write('lines', linesOf(LINES, COLUMNS))
  await arrange(bench, 'one')
  await fill(bench, BESIDE, file)
  await fill(bench, 's3', file)
  const rounds: { readonly came: number; readonly drawn: number; readonly parse: number; readonly bytes: number }[] = []
  for (let round = 0; round <= ROUNDS * 2; round += 1) {
    const number = 2 + (round % 2)
    const shown = page.evaluate(() => window.pageBytes?.nextShown())
    await page.getByRole('tab', { name: `session-${number}`, exact: true }).click({ position: { x: 40, y: 12 } })
    const look = await shown
    if (look === undefined) throw new Error('The page is not watched.')
    await page.waitForTimeout(500)
    const parse = (await page.evaluate((id) => window.pageBytes?.feedScreen(id), `s${number}`)) ?? Number.NaN
    // The first one warms up.
    if (round > 0) rounds.push({ came: look.cameAt - look.askedAt, drawn: look.drawnAt - look.askedAt, parse, bytes: look.bytes })
  }
  await page.getByRole('tab', { name: 'session-1', exact: true }).click({ position: { x: 40, y: 12 } })
  const [came, drawn, parse] = [
    median(rounds.map((one) => one.came)),
    median(rounds.map((one) => one.drawn)),
    median(rounds.map((one) => one.parse)),
  ]
  tell(
    `a session with ${LINES} lines comes on show: ${ms(drawn)} from asking to drawn, ${ms(came)} of it until its screen of ${mb(rounds[0]?.bytes ?? 0)} came; parsing that alone ${ms(parse)}: ${times(median(rounds.map((one) => one.drawn / one.parse)))}`,
  )
}
