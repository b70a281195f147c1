/**
 * What the page costs while eight sessions change 20 times a second: frames while somebody types into a terminal, and how soon
 * another tab is painted. Each figure stands beside the same one with nothing changing, and beside the idle machine.
 */

import { chromium, type Page } from '@playwright/test'
import { startBusyHouse } from './busy-house.ts'

const SESSIONS = 8
const A_SECOND = 20
const KEYS = 150
const KEY_EVERY_MS = 40
const SWITCHES = 60
const SWITCH_EVERY_MS = 120
const IDLE_MS = 5_000
/** What the issue allows. */
const LIMIT_MS = 50

type Recorded = { readonly frames: readonly number[]; readonly presses: readonly number[] }

declare global {
  // A global can only be widened by an interface.
  interface Window {
    record?: { start(): void; stop(): { frames: number[]; presses: number[] } }
  }
}

/** Runs in the page: distances between frames, and for each press the time until the paint that shows it. */
function recorder(): void {
  let running = false
  /** Counts the recordings: a frame that was asked for in an earlier one ends there. */
  let turn = 0
  let last = 0
  let frames: number[] = []
  let presses: number[] = []
  const seen = new Set<number>()
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceEventTiming[]) {
      if (!running || entry.interactionId === 0 || !['keydown', 'pointerup', 'click'].includes(entry.name)) continue
      if (seen.has(entry.interactionId)) continue
      seen.add(entry.interactionId)
      presses.push(entry.duration)
    }
  }).observe({ type: 'event', durationThreshold: 16, buffered: false } as PerformanceObserverInit)
  const follow = (mine: number): void => {
    requestAnimationFrame((now) => {
      if (!running || mine !== turn) return
      if (last !== 0) frames.push(now - last)
      last = now
      follow(mine)
    })
  }
  window.record = {
    start() {
      ;[running, last, frames, presses] = [true, 0, [], []]
      turn += 1
      follow(turn)
    },
    stop() {
      running = false
      return { frames, presses }
    },
  }
}

async function measured(page: Page, act: () => Promise<void>): Promise<Recorded> {
  await page.evaluate(() => window.record?.start())
  await act()
  // Event Timing is told after the paint.
  await page.waitForTimeout(300)
  const recorded = await page.evaluate(() => window.record?.stop())
  if (recorded === undefined) throw new Error('The page has no recorder.')
  return recorded
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0
}

/** A press that was painted faster than Event Timing tells counts as 16 ms. */
const allPresses = ({ presses }: Recorded, count: number): readonly number[] => [
  ...presses,
  ...Array.from({ length: Math.max(0, count - presses.length) }, () => 16),
]

async function type(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Terminal', exact: true }).getByRole('textbox').focus()
  for (let at = 0; at < KEYS; at += 1) {
    await page.keyboard.press(at % 40 === 39 ? 'Enter' : String.fromCharCode(97 + (at % 26)))
    await page.waitForTimeout(KEY_EVERY_MS)
  }
}

async function switchTabs(page: Page): Promise<void> {
  const tabs = page.getByRole('tablist', { name: 'Sessions' }).getByRole('tab')
  for (let at = 0; at < SWITCHES; at += 1) {
    await tabs.nth(at % SESSIONS).click({ position: { x: 40, y: 12 } })
    await page.waitForTimeout(SWITCH_EVERY_MS)
  }
}

const ms = (value: number): string => `${value.toFixed(1)} ms`
const say = (line: string): void => void process.stdout.write(`${line}\n`)

function sayFrames(what: string, { frames }: Recorded, idle: Recorded): void {
  const [p99, idleP99] = [quantile(frames, 0.99), quantile(idle.frames, 0.99)]
  const slow = frames.filter((frame) => frame > LIMIT_MS).length
  say(
    `${what.padEnd(38)} p50 ${ms(quantile(frames, 0.5))}  p99 ${ms(p99)} (${(p99 / idleP99).toFixed(2)} × idle)  longest ${ms(Math.max(...frames))}  over ${LIMIT_MS} ms: ${slow} of ${frames.length}`,
  )
}

function sayPresses(what: string, presses: readonly number[], base: readonly number[]): void {
  const [p95, baseP95] = [quantile(presses, 0.95), quantile(base, 0.95)]
  say(
    `${what.padEnd(38)} p50 ${ms(quantile(presses, 0.5))}  p95 ${ms(p95)} (${(p95 / baseP95).toFixed(2)} × at rest)  longest ${ms(Math.max(...presses))}`,
  )
}

const house = await startBusyHouse(SESSIONS)
const executablePath = process.env['CHROMIUM']
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--enable-unsafe-swiftshader'],
})
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.addInitScript(recorder)

  await page.goto('about:blank')
  const blank = await measured(page, () => page.waitForTimeout(IDLE_MS))

  await page.goto(house.url)
  await page.getByRole('tab', { name: 'session-8', exact: true }).waitFor()
  await page.getByText('value11').first().waitFor()
  const idle = await measured(page, () => page.waitForTimeout(IDLE_MS))
  const typingAtRest = await measured(page, () => type(page))
  const switchingAtRest = await measured(page, () => switchTabs(page))

  house.change(A_SECOND)
  await page.waitForTimeout(1000)
  const busy = await measured(page, () => page.waitForTimeout(IDLE_MS))
  const typing = await measured(page, () => type(page))
  const switching = await measured(page, () => switchTabs(page))

  say(`${SESSIONS} sessions, ${A_SECOND} changes a second each; frames are distances of animation frames`)
  sayFrames('empty page, idle machine', blank, blank)
  sayFrames('the page, nothing changes', idle, blank)
  sayFrames('the page, all sessions change', busy, blank)
  sayFrames('typing, nothing changes', typingAtRest, blank)
  sayFrames('typing, all sessions change', typing, blank)
  say('from a press to the paint that shows it')
  sayPresses('key in a terminal, nothing changes', allPresses(typingAtRest, KEYS), allPresses(typingAtRest, KEYS))
  sayPresses('key in a terminal, all change', allPresses(typing, KEYS), allPresses(typingAtRest, KEYS))
  sayPresses('tab switch, nothing changes', allPresses(switchingAtRest, SWITCHES), allPresses(switchingAtRest, SWITCHES))
  sayPresses('tab switch, all change', allPresses(switching, SWITCHES), allPresses(switchingAtRest, SWITCHES))
} finally {
  await browser.close()
  await house.close()
}
