/** `npm run screenshots`: the tour with a camera. Every view, light and dark, in two sizes, as PNG files in `screenshots/`. */

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
const repository = join(place, 'shop')
await mkdir(repository)
await mkdir(folder, { recursive: true })
const model = await startModel(SCRIPTS)
const home = await makeClaudeHome({ folder: place, model: model.url, repositories: [repository], env: { SHELL: '/bin/bash' } })
const allowed = { permissions: { allow: ['Bash(git add:*)', 'Bash(git commit:*)'] } }
await writeFile(join(home.config, 'settings.json'), JSON.stringify(allowed))
await makeRepository(home.env, repository)
const executablePath = process.env['CHROMIUM']
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--enable-unsafe-swiftshader'],
})
const hosts: Host[] = []
async function serve(dataDir: string, ...words: readonly string[]): Promise<Host> {
  const host = await startHost({
    env: home.env,
    dataDir: join(place, dataDir),
    words: [...words, '--claude', CLAUDE, '--port', '0'],
  })
  hosts.push(host)
  return host
}

try {
  const page = await browser.newPage()
  await drawInSoftware(page)
  const see = camera(page)

  const empty = await serve('empty')
  await page.goto(empty.url)
  await page.getByRole('main', { name: 'Welcome' }).waitFor()
  await see('welcome')

  const host = await serve('data', repository)
  await page.goto(host.url)
  await tour({ page, ask: (...words) => host.ask(...words) }, see)
  await host.stop()
  await page
    .getByText(/^Sluice is not reachable/u)
    .filter({ visible: true })
    .first()
    .waitFor()
  await see('host-gone')
} finally {
  await browser.close()
  await Promise.all(hosts.map((host) => host.stop()))
  await model.close()
  await rm(place, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
process.stdout.write(`The pictures are in ${folder}\n`)
