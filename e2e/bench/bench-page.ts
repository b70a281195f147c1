/** A page of the terminal benchmarks: a browser, a House in its own process, and what a person does there. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import type { Limits } from '../../electron/terminals/credit.ts'
import { startHouseProcess, type HouseProcess } from './house-process.ts'
import { watchBytes } from './page-bytes.ts'
import { drawInSoftware } from '../software-gl.ts'

/** The session whose terminal has the keyboard, and the one that shows beside it when two show. */
export const TYPED = 's1'
export const BESIDE = 's2'
export const SESSIONS = 6

/** The terminal itself repeats each letter, however many come; nothing else is printed. */
const ECHO = 'stty -icanon; exec cat >/dev/null'

export type View = 'one' | 'two' | 'grid'
export type BenchPage = { readonly page: Page; readonly house: HouseProcess; close(): Promise<void> }

/** Files that programs print and the page fetches; they go away with `dispose`. */
export type Files = {
  readonly folder: string
  write(name: string, bytes: Uint8Array): Promise<string>
  readonly bytes: ReadonlyMap<string, Uint8Array>
  dispose(): Promise<void>
}

export async function makeFiles(): Promise<Files> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'))
  const bytes = new Map<string, Uint8Array>()
  return {
    folder,
    bytes,
    async write(name, content) {
      bytes.set(name, content)
      await writeFile(join(folder, name), content)
      return join(folder, name)
    },
    dispose: () => rm(folder, { recursive: true, force: true }),
  }
}

export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM']
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      // WebGL in software is slower than elements, and the product does not take it unasked.
      ...(process.env['BENCH_WEBGL'] === '1' ? ['--enable-unsafe-swiftshader'] : ['--disable-3d-apis']),
    ],
  })
}

export async function openPage(browser: Browser, files: Files, limits?: Limits): Promise<BenchPage> {
  const house = await startHouseProcess(SESSIONS, limits)
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } })
  if (process.env['BENCH_WEBGL'] === '1') await drawInSoftware(page)
  await watchBytes(page)
  await page.route('**/bench-file/*', (route) =>
    route.fulfill({ body: Buffer.from(files.bytes.get(route.request().url().split('/').at(-1) ?? '') ?? []) }),
  )
  await page.goto(house.url)
  await page.getByRole('tab', { name: 'session-1', exact: true }).click({ position: { x: 40, y: 12 } })
  await page.getByRole('region', { name: 'Terminal', exact: true }).waitFor()
  // Two terminals side by side need the whole width.
  await page.getByRole('button', { name: 'Only the terminal' }).click()
  await house.run(TYPED, ECHO)
  return {
    page,
    house,
    async close() {
      await page.close()
      await house.close()
    },
  }
}

const BUTTONS = [
  ['two', 'Two terminals side by side'],
  ['grid', 'Watch up to six terminals'],
] as const

/** Shows so many terminals; the first session is the selected one. */
export async function arrange({ page }: BenchPage, view: View): Promise<void> {
  for (const [which, name] of BUTTONS) {
    const button = page.getByRole('button', { name })
    if ((await button.getAttribute('aria-pressed')) === String(which !== view)) await button.click()
  }
  await page.waitForTimeout(500)
}

export async function focusTyped({ page }: BenchPage): Promise<void> {
  await page.getByRole('region', { name: 'Terminal', exact: true }).getByRole('textbox').focus()
}

export const forget = ({ page }: BenchPage, terminal: string): Promise<void> =>
  page.evaluate((id) => window.pageBytes?.forget(id), terminal)

export const parsed = async ({ page }: BenchPage, terminal: string): Promise<number> =>
  (await page.evaluate((id) => window.pageBytes?.parsed(id), terminal)) ?? 0

/** Types so many letters into what repeats them, and gives, for each, the milliseconds until the page had parsed its echo. */
export async function typeLetters(bench: BenchPage, count: number, everyMs: number): Promise<readonly number[]> {
  const { page } = bench
  await focusTyped(bench)
  await forget(bench, TYPED)
  for (let at = 0; at < count; at += 1) {
    await page.keyboard.press(String.fromCharCode(97 + (at % 26)))
    await page.waitForTimeout(everyMs)
  }
  await page.waitForTimeout(300)
  const echoes = (await page.evaluate((id) => window.pageBytes?.echoes(id), TYPED)) ?? []
  if (echoes.length !== count) throw new Error(`Only ${echoes.length} of ${count} letters came back.`)
  return echoes
}
