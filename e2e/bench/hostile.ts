/**
 * What hostile output costs the thread of the page that shows it (G5): the longest time it was held, tamed as in the product and as
 * some of it as xterm.js comes. Then the memory of a page over a long line without an end. `BENCH_ONLY` takes parts of names, with |
 * between them, `BENCH_MEGABYTES` how long that line is; `BENCH_STOCK=1` compares all.
 */

import { build } from 'vite'
import type { Browser, Page } from '@playwright/test'
import { CORPUS } from '../terminals/corpus.ts'
import { startBrowser } from './bench-page.ts'
import { fromEnvironment, mb, ms, tell, times } from './figures.ts'
import type { Fed } from './hostile-page.ts'

/** What the issue allows. */
const LIMIT_MS = 100
const FOR_MS = fromEnvironment('BENCH_FOR_MS', 500)
/** Frozen longer than this counts as frozen; on a busy machine the tamed one may only have been late. */
const GIVE_UP_MS = 2_000
/** Chromium's name for what tells each task of a thread. */
const TASKS = 'disabled-by-default-devtools.timeline'
const LINE_MEGABYTES = fromEnvironment('BENCH_MEGABYTES', 100)

/** Each freezes xterm.js as it comes, or holds it up, in a way of its own; all hundred would take as long again. */
const COMPARED: readonly string[] = [
  'count of CSI b',
  'count of CSI S',
  '10 MB of unfinished ESC ]0;',
  '200,000 combining marks on one cell',
  'alternate screen × 100,000',
  'links × 100,000',
  'colours × 50,000',
]
const isCompared = (name: string): boolean => process.env['BENCH_STOCK'] === '1' || COMPARED.includes(name)

async function scriptOfPage(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      lib: { entry: `${import.meta.dirname}/hostile-page.ts`, formats: ['iife'], name: 'hostile', fileName: 'hostile' },
    },
  })
  const outputs = Array.isArray(built) ? built : [built]
  for (const made of outputs) {
    if (!('output' in made)) continue
    const chunk = made.output.find(({ type }) => type === 'chunk')
    if (chunk?.type === 'chunk') return chunk.code
  }
  throw new Error('The page of the benchmark was not built.')
}

async function open(browser: Browser, script: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } })
  await page.setContent('<!doctype html><body style="margin:0">')
  await page.addScriptTag({ content: script })
  return page
}

type Held = Fed & { readonly longestMs: number }

type Traced = {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Microseconds in which the thread had a processor. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** The longest task of the page's thread, in its own time: what the machine gave to others does not count. */
function longestTask(trace: Buffer): number {
  const { traceEvents: events } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly Traced[] }
  const threads = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  const tasks = events.filter(({ name, pid, tid }) => name === 'RunTask' && threads.has(`${pid} ${tid}`))
  if (tasks.length === 0) throw new Error('The browser told nothing of the page’s thread.')
  return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1000), 0)
}

/** Null: the page froze. */
async function fed(browser: Browser, script: string, name: string, tamed: boolean): Promise<Held | null> {
  const page = await open(browser, script)
  await browser.startTracing(page, { categories: [TASKS] })
  const frozen = new Promise<null>((resolve) => setTimeout(() => resolve(null), FOR_MS + (tamed ? 30 : 1) * GIVE_UP_MS))
  const feeding = page.evaluate(async (what) => (await window.feed?.(what)) ?? null, { name, tamed, forMs: FOR_MS, times: 1 })
  feeding.catch(() => null)
  const result = await Promise.race([feeding, frozen])
  const longestMs = result === null ? 0 : longestTask(await browser.stopTracing())
  if (result === null) return null
  await page.close()
  return { ...result, longestMs }
}

const words = (result: Held | null): string => (result === null ? `> ${GIVE_UP_MS} ms` : ms(result.longestMs))

async function longest(script: string): Promise<void> {
  const only = process.env['BENCH_ONLY'] ?? ''
  let [over, worst] = [0, 0]
  const browsers = { tamed: await startBrowser(), stock: await startBrowser() }
  const hold = async (which: 'tamed' | 'stock', name: string): Promise<Held | null> => {
    const held = await fed(browsers[which], script, name, which === 'tamed')
    if (held === null) {
      // It would go on costing a processor.
      await browsers[which].close()
      browsers[which] = await startBrowser()
    }
    return held
  }
  tell(`longest task of the page’s thread, in processor time, in up to ${FOR_MS} ms of each`)
  for (const { name } of CORPUS.filter((one) => only.split('|').some((part) => one.name.includes(part)))) {
    const tamed = await hold('tamed', name)
    const held = tamed?.longestMs ?? GIVE_UP_MS
    worst = Math.max(worst, held)
    if (held > LIMIT_MS) over += 1
    const line = `${held > LIMIT_MS ? '!' : ' '} ${name.padEnd(52)} ${words(tamed).padStart(10)}`
    if (!isCompared(name)) {
      tell(line)
      continue
    }
    const stock = await hold('stock', name)
    const ratio = (stock?.longestMs ?? GIVE_UP_MS) / held
    tell(`${line}  as it comes ${words(stock).padStart(10)} (${times(ratio)})`)
  }
  tell(`over ${LIMIT_MS} ms: ${over}; the worst ${ms(worst)}`)
  await Promise.all([browsers.tamed.close(), browsers.stock.close()])
}

/** What the page keeps after so many bytes of a line without an end, beside what it keeps after a tenth of it. */
async function memory(browser: Browser, script: string): Promise<void> {
  const page = await open(browser, script)
  const session = await page.context().newCDPSession(page)
  const after = async (megabytes: number): Promise<number> => {
    await page.evaluate(
      async (times) => window.feed?.({ name: '10 MB without a line break', tamed: true, forMs: 3_600_000, times }),
      Math.max(1, Math.round(megabytes / 10)),
    )
    await session.send('HeapProfiler.collectGarbage')
    return (await session.send('Runtime.getHeapUsage')).usedSize
  }
  const first = await after(LINE_MEGABYTES / 10)
  const last = await after(LINE_MEGABYTES)
  tell(
    `heap of the page after ${LINE_MEGABYTES / 10} MB without a line break ${mb(first)}, after ${LINE_MEGABYTES} MB ${mb(last)} (${times(last / first)})`,
  )
  await page.close()
}

const script = await scriptOfPage()
await longest(script)
const browser = await startBrowser()
try {
  await memory(browser, script)
} finally {
  await browser.close()
}
