/** `npm run screenshots`: the tour with a camera. Every view, light and dark, in two sizes, as PNG files in `screenshots/`. `-- terminals`: theirs alone. */

import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { git } from '../demo/repository.ts'
import { startHost, type Host } from '../demo/sluice.ts'
import { CLAUDE, makeClaudeHome } from '../model/claude-home.ts'
import { startModel } from '../model/server.ts'
import { FILES, SCRIPTS } from '../tour/scenario.ts'
import { tour } from '../tour/tour.ts'
import { drawInSoftware } from '../software-gl.ts'
import { BUSY, terminals } from './terminals.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const
/** For terminals to be fitted and drawn again after the window changed its size. */
const SETTLE_MS = 600

const folder = resolve(import.meta.dirname, '../../screenshots')

function camera(page: Page): (view: string) => Promise<void> {
  return async (view) => {
    // The pointer would leave something hovered.
    await page.mouse.move(0, 0)
    for (const viewport of SIZES) {
      await page.setViewportSize(viewport)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.waitForTimeout(SETTLE_MS)
        await page.screenshot({ path: join(folder, `${view}-${colorScheme}-${viewport.width}x${viewport.height}.png`) })
      }
    }
    process.stdout.write(`✓ ${view}\n`)
  }
}

async function makeRepository(env: Readonly<Record<string, string>>, path: string): Promise<void> {
  for (const [name, content] of Object.entries(FILES)) {
    await mkdir(resolve(path, name, '..'), { recursive: true })
    await writeFile(join(path, name), content)
  }
  await git(env, path, 'init', '--quiet', '--initial-branch=main')
  await git(env, path, 'add', '--all')
  await git(env, path, 'commit', '--quiet', '--message=First')
}

const place = await realpath(await mkdtemp(join(tmpdir(), 'sluice-pictures-')))
const onlyTerminals = process.argv.includes('terminals')
const [repository, second] = [join(place, 'shop'), join(place, 'second', 'shop')]
await mkdir(repository)
await mkdir(second, { recursive: true })
await mkdir(folder, { recursive: true })
const model = await startModel(onlyTerminals ? BUSY : SCRIPTS)
const more = onlyTerminals ? model : await startModel(BUSY)
const env = { SHELL: '/bin/bash' }
const home = await makeClaudeHome({ folder: place, model: model.url, repositories: [repository, second], env })
const allowed = { permissions: { allow: ['Bash(git add:*)', 'Bash(git commit:*)', 'Bash(sh check.sh)'] } }
await writeFile(join(home.config, 'settings.json'), JSON.stringify(allowed))
for (const path of [repository, second]) await makeRepository(home.env, path)
const executablePath = process.env['CHROMIUM']
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--enable-unsafe-swiftshader'],
})
const hosts: Host[] = []
async function serve(dataDir: string, url: string, ...words: readonly string[]): Promise<Host> {
  const host = await startHost({
    env: { ...home.env, ANTHROPIC_BASE_URL: url },
    dataDir: join(place, dataDir),
    words: [...words, '--claude', CLAUDE, '--port', '0'],
  })
  hosts.push(host)
  return host
}

async function views(page: Page, see: (view: string) => Promise<void>): Promise<void> {
  const empty = await serve('empty', model.url)
  await page.goto(empty.url)
  await page.getByRole('main', { name: 'Welcome' }).waitFor()
  await see('welcome')

  const host = await serve('data', model.url, repository)
  await page.goto(host.url)
  await tour({ page, ask: (...words) => host.ask(...words) }, see)
  await host.stop()
  await page
    .getByText(/^Sluice is not reachable/u)
    .filter({ visible: true })
    .first()
    .waitFor()
  await see('host-gone')
}

try {
  const page = await browser.newPage()
  await drawInSoftware(page)
  const see = camera(page)
  if (!onlyTerminals) await views(page, see)
  const host = await serve('terminals', more.url, second, '--trust')
  await page.goto(host.url)
  await terminals({ page, host, folder: place, visit: see })
} finally {
  await browser.close()
  await Promise.all(hosts.map((host) => host.stop()))
  await Promise.all([model.close(), more === model ? null : more.close()])
  await rm(place, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
process.stdout.write(`The pictures are in ${folder}\n`)
