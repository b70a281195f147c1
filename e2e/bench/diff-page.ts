/**
 * What it costs to show a diff (G17–G19): from the click on a session to its first coloured lines on the screen, elements, memory, and
 * frames while it scrolls. Beside each stands the same diff in lists drawn by hand in the same browser: all rows, or those in sight.
 */

import { chromium, type CDPSession, type Page } from '@playwright/test'
import { linesOf, patchOf, startDiffHouse } from './diff-house.ts'
import { fromEnvironment, mb, median, ms, tell, times } from './figures.ts'
import { otherDiffScript } from './other-diff.ts'

const ROUNDS = fromEnvironment('BENCH_ROUNDS', 3)
const SCROLL_MS = fromEnvironment('BENCH_SECONDS', 3) * 1_000
const SIZES = { first: 40, small: 1_000, medium: 10_000, large: 100_000 } as const
type Name = keyof typeof SIZES

type Scrolled = { readonly fps: number; readonly longest: number; readonly longTask: number }

declare global {
  // A global can only be widened by an interface.
  interface Window {
    diffBench?: {
      open(name: string): Promise<number>
      nodes(): number
      scroll(element: Element, milliseconds: number): Promise<Scrolled>
      allRows(lines: readonly string[]): Promise<number>
      rowsInSight(lines: readonly string[], height: number): HTMLElement
    }
  }
}

/** Runs in the page. */
function install(): void {
  const longTasks: number[] = []
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
  })
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))
  const painted = async (): Promise<number> => {
    await frame()
    // After this frame's own paint.
    await new Promise((resolve) => setTimeout(resolve))
    return performance.now()
  }
  const hosts = (): readonly Element[] => [...document.querySelectorAll('[aria-label="Diff"] diffs-container')]
  /** Lines of this diff whose words have colours. */
  const coloured = (name: string): boolean =>
    hosts().some((host) =>
      [...(host.shadowRoot?.querySelectorAll('[data-line]') ?? [])].some(
        (line) => line.textContent?.includes(name) === true && line.querySelector('span[style*="--diffs-token"]') !== null,
      ),
    )
  window.diffBench = {
    async open(name) {
      const started = performance.now()
      document.querySelector<HTMLElement>(`[role="tab"][data-session="s-${name}"]`)?.click()
      while (!coloured(name)) await frame()
      return (await painted()) - started
    },
    nodes: () =>
      (document.querySelector('[aria-label="Diff"]')?.querySelectorAll('*').length ?? 0) +
      hosts().reduce((sum, host) => sum + (host.shadowRoot?.querySelectorAll('*').length ?? 0), 0),
    async scroll(element, milliseconds) {
      const distances: number[] = []
      longTasks.length = 0
      const started = await frame()
      let last = started
      while (last - started < milliseconds) {
        element.scrollTop += 120
        const now = await frame()
        distances.push(now - last)
        last = now
      }
      const rest = await painted()
      return {
        fps: (distances.length * 1000) / (rest - started),
        longest: Math.max(...distances),
        longTask: Math.max(0, ...longTasks),
      }
    },
    async allRows(lines) {
      const started = performance.now()
      const table = document.createElement('table')
      table.style.font = '12px monospace'
      for (const [at, line] of lines.entries()) {
        const row = table.insertRow()
        row.insertCell().textContent = String(at)
        row.insertCell().textContent = String(at)
        const code = document.createElement('span')
        code.textContent = line
        row.insertCell().append(code)
      }
      document.body.replaceChildren(table)
      return (await painted()) - started
    },
    rowsInSight(lines, height) {
      const room = document.createElement('div')
      room.style.cssText = `height: ${height}px; overflow: auto; font: 12px monospace; white-space: pre; position: relative`
      const all = document.createElement('div')
      all.style.height = `${lines.length * 18}px`
      const shown = document.createElement('div')
      shown.style.cssText = 'position: absolute; inset: 0 0 auto'
      room.append(all, shown)
      const draw = (): void => {
        const first = Math.floor(room.scrollTop / 18)
        shown.style.transform = `translateY(${first * 18}px)`
        const rows = lines.slice(first, first + Math.ceil(height / 18) + 1).map((line) => {
          const row = document.createElement('div')
          row.style.height = '18px'
          row.textContent = line
          return row
        })
        shown.replaceChildren(...rows)
      }
      room.addEventListener('scroll', draw)
      document.body.replaceChildren(room)
      draw()
      return room
    },
  }
}

async function heapOf(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage')
  return (await devtools.send('Runtime.getHeapUsage')).usedSize
}

type Round = { readonly opened: number; readonly nodes: number; readonly heap: number; readonly scrolled: Scrolled }

/** One diff in a page of its own, where another small one was shown before: workers and colours are warm, the diff is not. */
async function measure(page: Page, url: string, name: Name): Promise<Round> {
  await page.goto(url)
  await page.getByRole('tab', { name: 'first', exact: true }).waitFor()
  await page.evaluate(() => window.diffBench?.open('first'))
  const devtools = await page.context().newCDPSession(page)
  const before = await heapOf(devtools)
  const opened = await page.evaluate(async (which) => (await window.diffBench?.open(which)) ?? Number.NaN, name)
  const nodes = await page.evaluate(() => window.diffBench?.nodes() ?? Number.NaN)
  const heap = (await heapOf(devtools)) - before
  const diff = page.getByRole('region', { name: 'Diff', exact: true })
  const scrolled = await diff.evaluate((element, time) => window.diffBench?.scroll(element, time), SCROLL_MS)
  await devtools.detach()
  if (scrolled === undefined) throw new Error('The page has no bench.')
  return { opened, nodes, heap, scrolled }
}

const [house, script] = await Promise.all([startDiffHouse(SIZES), otherDiffScript()])
const executablePath = process.env['CHROMIUM']
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--enable-unsafe-swiftshader'],
})
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
  await page.addInitScript(install)
  const rounds: Record<Exclude<Name, 'first'>, Round[]> = { small: [], medium: [], large: [] }
  const [allRows, others, inSight]: [number[], number[], Scrolled[]] = [[], [], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of ['small', 'medium', 'large'] as const) rounds[name].push(await measure(page, house.url, name))
    await page.goto('about:blank')
    allRows.push(
      await page.evaluate(
        async (lines) => (await window.diffBench?.allRows(lines)) ?? Number.NaN,
        linesOf('row', 1, SIZES.medium),
      ),
    )
    await page.goto('about:blank')
    await page.evaluate(script)
    // Its code is warm, too.
    await page.evaluate(async (patch) => window.otherDiff?.(patch), patchOf('first', SIZES.first))
    others.push(
      await page.evaluate(async (patch) => (await window.otherDiff?.(patch)) ?? Number.NaN, patchOf('other', SIZES.medium)),
    )
    const scrolled = await page.evaluate(
      async ([lines, time]) => {
        const room = window.diffBench?.rowsInSight(lines, 600)
        return room === undefined ? undefined : window.diffBench?.scroll(room, time)
      },
      [linesOf('row', 1, SIZES.large), SCROLL_MS] as const,
    )
    if (scrolled !== undefined) inSight.push(scrolled)
  }
  const of = (name: keyof typeof rounds, figure: (round: Round) => number): number => median(rounds[name].map(figure))
  const opened = (name: keyof typeof rounds): number => of(name, (round) => round.opened)
  tell(`first coloured lines after the click, workers warm, median of ${ROUNDS}`)
  tell(`  1,000 lines    ${ms(opened('small'))}`)
  tell(
    `  10,000 lines   ${ms(opened('medium'))}  ${times(opened('medium') / median(others))} of react-diff-view, without colours (${ms(median(others))}; G17: at most 0.1)`,
  )
  tell(
    `                 ${times(opened('medium') / median(allRows))} of all rows drawn by hand, without colours or React (${ms(median(allRows))})`,
  )
  tell(`  100,000 lines  ${ms(opened('large'))}  ${times(opened('large') / opened('small'))} of 1,000 lines (G18: at most 3)`)
  tell('elements in the diff, and what the heap grew by')
  for (const name of ['small', 'medium', 'large'] as const) {
    tell(
      `  ${SIZES[name].toLocaleString('en').padEnd(8)} lines  ${of(name, ({ nodes }) => nodes)} elements  ${mb(of(name, ({ heap }) => heap))}`,
    )
  }
  const hand = median(inSight.map(({ fps }) => fps))
  tell(`scrolling for ${SCROLL_MS / 1000} s; rows in sight drawn by hand: ${hand.toFixed(1)} frames a second`)
  for (const name of ['medium', 'large'] as const) {
    const fps = of(name, ({ scrolled }) => scrolled.fps)
    tell(
      `  ${SIZES[name].toLocaleString('en').padEnd(8)} lines  ${fps.toFixed(1)} frames a second (${times(fps / hand)}, G19: at least 0.8)  longest task ${ms(of(name, ({ scrolled }) => scrolled.longTask))}`,
    )
  }
} finally {
  await browser.close()
  await house.close()
}
