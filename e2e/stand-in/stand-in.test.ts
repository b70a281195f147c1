/** The stand-in, proven on the real shell with a fixture House: what a story can rely on when it runs on it. */

import { mkdtemp, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { build } from 'vite'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

type Frames = Uint8Array[]
type Answer = { value: { name: string; params: unknown; connection: number; open: number; opened: string[] } }
type FixtureWindow = {
  sluiceDesktop: { chooseFolder(): Promise<string | null>; setBadge(count: number): void; bringToFront(): void }
  sluice: { call(name: string, params: unknown): Promise<Answer>; post(frame: Uint8Array): void }
  fixture: { frames: Frames; batches: unknown[]; statuses: string[] }
}
declare const window: FixtureWindow & { localStorage: Storage; location: Location }

const root = fileURLToPath(new URL('../..', import.meta.url))
const standIn = join(root, 'e2e/stand-in/electron')
const entry = join(root, 'electron/shell/testing/fixture-main.ts')

let preload = ''
let dataDir = ''
let app: ElectronApplication
let page: Page
/** The number of the page's connection to the House. */
let connection = 0

const ask = async (): Promise<Answer['value']> => (await page.evaluate(() => window.sluice.call('echo', {}))).value

async function launch(...words: string[]): Promise<ElectronApplication> {
  const env = { ...(process.env as Record<string, string>), FIXTURE_PRELOAD: preload, FIXTURE_RECENT: '/last,/older' }
  return await _electron.launch({ executablePath: standIn, args: [entry, ...words], env, timeout: 15_000 })
}

/** Puts a recorder in place of what would leave the app. */
async function recordLinks(): Promise<() => Promise<string[]>> {
  await app.evaluate(({ shell }) => {
    const links: string[] = []
    Object.assign(globalThis, { links })
    shell.openExternal = async (url) => void links.push(url)
  })
  return () => app.evaluate(() => (globalThis as unknown as { links: string[] }).links)
}

beforeAll(async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'stand-in-preload-'))
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      minify: false,
      lib: { entry: join(root, 'electron/shell/preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
      rolldownOptions: { external: ['electron'] },
    },
  })
  preload = join(outDir, 'preload.cjs')
})

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'stand-in-data-'))
  app = await launch('--data', dataDir)
  page = await app.firstWindow()
  // A reload before the first load would take its place, in Electron too.
  await page.getByText('worker answered').waitFor()
})

afterAll(async () => await app.close())

beforeEach(async () => {
  await page.reload()
  await page.getByText('worker answered').waitFor()
  connection = (await ask()).connection
})

test('the page comes from the protocol handler, with its headers, and its inline script is refused', async () => {
  expect(await page.title()).toBe('Fixture')
  const seen = await page.evaluate(async () => {
    const response = await fetch('/index.html')
    const missing = await fetch('/..%2f..%2fpackage.json')
    return { policy: response.headers.get('content-security-policy'), missing: missing.status, secure: isSecureContext }
  })
  expect(seen.policy).toContain("default-src 'none'; script-src 'self';")
  expect(seen).toMatchObject({ missing: 404, secure: true })
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())).toBe('app://sluice/')
})

test('a call goes to the House and its answer comes back', async () => {
  const params = { text: 'ü 🙂', list: [1, null, undefined], nested: { yes: true } }
  const answer = await page.evaluate((given) => window.sluice.call('echo', given), params)
  expect(answer.value).toMatchObject({ name: 'echo', params, connection })
})

test('bytes go both ways unchanged, also many and large ones', async () => {
  const wrong = await page.evaluate(async () => {
    const { frames } = window.fixture
    const sent = Array.from({ length: 40 }, (_none, index) =>
      Uint8Array.from({ length: 1 + index * 1000 }, (_byte, at) => (at * 7 + index) % 256),
    )
    for (const frame of sent) window.sluice.post(frame)
    while (frames.length < sent.length) await new Promise((resolve) => setTimeout(resolve, 5))
    return sent.filter((frame, index) => String(frame.toReversed()) !== String(frames[index])).length
  })
  expect(wrong).toBe(0)
})

test('what is not a frame is dropped, and the page lives on', async () => {
  await page.evaluate(() => {
    window.sluice.post(new Uint8Array(2 * 1024 * 1024))
    window.sluice.post('text' as unknown as Uint8Array)
    window.sluice.post(new Uint8Array([1, 2, 3]))
  })
  await expect.poll(() => page.evaluate(() => window.fixture.frames.map((frame) => [...frame]))).toEqual([[3, 2, 1]])
})

test('changes reach the page, and it hears that the carrier is open', async () => {
  await page.evaluate(() => window.sluice.call('push', {}))
  await expect.poll(() => page.evaluate(() => window.fixture.batches)).toEqual([{ first: 1, changes: [] }])
  expect(await page.evaluate(() => window.fixture.statuses)).toEqual(['open'])
})

test('a reload makes a new connection and closes the old one; what the page stored stays', async () => {
  await page.evaluate(() => window.localStorage.setItem('kept', 'yes'))
  await page.reload()
  await page.getByText('worker answered').waitFor()
  expect(await ask()).toMatchObject({ connection: connection + 1, open: 1 })
  expect(await page.evaluate(() => window.localStorage.getItem('kept'))).toBe('yes')
})

test('the page cannot lead the window away, and without a press no link leaves', async () => {
  const links = await recordLinks()
  await page.evaluate(() => {
    window.location.href = 'https://away.example/'
  })
  await page.evaluate(() => open('https://popup.example/'))
  expect(await ask()).toMatchObject({ connection })
  expect(page.url()).toMatch(/^http:\/\/sluice\.app\.localhost\/$/u)
  expect(await links()).toEqual([])
  await expect.poll(() => app.windows().length).toBe(1)
})

test('a click on an http link opens it outside, one link a click; other addresses never leave', async () => {
  const links = await recordLinks()
  await page.locator('#window').click()
  await expect.poll(links).toEqual(['https://window.example/'])
  await page.locator('#away').click()
  await expect.poll(links).toEqual(['https://window.example/', 'https://away.example/'])
  await page.locator('#program').click()
  await page.locator('#script').click()
  await page.locator('#several').click()
  expect(await ask()).toMatchObject({ connection })
  await expect.poll(links).toEqual(['https://window.example/', 'https://away.example/', 'https://one.example/'])
  expect(await page.title()).toBe('Fixture')
  await expect.poll(() => app.windows().length).toBe(1)
})

test('the page asks for a folder in the system’s own way, sets the number on the icon and comes to the front', async () => {
  await app.evaluate(({ app: desktop, dialog }) => {
    const badges: number[] = []
    Object.assign(globalThis, { badges })
    desktop.setBadgeCount = (count = 0) => badges.push(count) > 0
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/chosen'] })
  })
  expect(await page.evaluate(() => window.sluiceDesktop.chooseFolder())).toBe('/chosen')
  await page.evaluate(() => {
    window.sluiceDesktop.bringToFront()
    window.sluiceDesktop.setBadge(2)
    window.sluiceDesktop.setBadge(-1)
    window.sluiceDesktop.setBadge(0)
  })
  const badges = (): Promise<number[]> => app.evaluate(() => (globalThis as unknown as { badges: number[] }).badges)
  await expect.poll(badges).toEqual([2, 0])
})

test('a start without a folder opens the last repository; a second start brings its folder to the first and ends', async () => {
  const second = await launch('--data', dataDir, '/some/repository').catch((error: unknown) => String(error))
  expect(second).toContain('exitCode=0')
  await expect.poll(async () => (await ask()).opened).toEqual(['/last', '/some/repository'])
})

test('quitting closes the House first and remembers where the window stood', async () => {
  const other = await mkdtemp(join(tmpdir(), 'stand-in-data-'))
  const another = await launch('--data', other)
  await (await another.firstWindow()).getByText('worker answered').waitFor()
  await another.close()
  expect((await stat(join(other, 'closed'))).isFile()).toBe(true)
  const place: unknown = JSON.parse(await readFile(join(other, 'window/place.json'), 'utf8'))
  expect(place).toMatchObject({ width: 1360, height: 860, maximized: false })
})

test('what the stand-in lacks says so by name', async () => {
  const said = await app.evaluate((electron) => {
    const tries = [() => electron.app.dock, () => new electron.Tray('icon'), () => electron.app.on('login', () => undefined)]
    return tries.map((attempt) => {
      try {
        return String(attempt())
      } catch (error) {
        return String(error)
      }
    })
  })
  expect(said).toEqual([
    'Error: The Electron stand-in has no app.dock.',
    'Error: The Electron stand-in has no Tray.',
    'Error: The Electron stand-in never emits “login” on app.',
  ])
})
