/** What every story starts from: a repository, a scripted model, the real Claude Code, and the app in one of its hosts. */

import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, test as base, type Page } from '@playwright/test'
import { git } from '../demo/repository.ts'
import { runSluice, startHost, type Answer } from '../demo/sluice.ts'
import { CLAUDE, makeClaudeHome } from '../model/claude-home.ts'
import type { Step } from '../model/scripts.ts'
import { startModel, type Model } from '../model/server.ts'

/** Where the page is shown. */
export type Host = 'web' | 'electron-stand-in' | 'electron'

export type World = {
  readonly page: Page
  readonly repository: string
  readonly dataDir: string
  readonly model: Model
  readonly env: Readonly<Record<string, string>>
  /** Runs `sluice WORDS --json` against the app. */
  ask(...words: readonly string[]): Promise<Answer>
  /** Runs git in the repository; gives what it printed. */
  git(...args: readonly string[]): Promise<string>
  /** kill -9, and the page of the next one on the same folders. In a browser only. */
  killAndReturn(): Promise<void>
}

export type Given = {
  /** Where the page is shown; the project says so. */
  readonly host: Host
  /** The scripts that `run:NAME` may call. */
  readonly scripts: Readonly<Record<string, readonly Step[]>>
  /** The files of the repository's first commit. */
  readonly files: Readonly<Record<string, string>>
  /** Settings of the user's own Claude Code. */
  readonly claudeSettings: Readonly<Record<string, unknown>>
  readonly claude: string
  /** Laid over the environment of the app and of Claude Code. */
  readonly claudeEnv: Readonly<Record<string, string>>
}

const ROOT = resolve(import.meta.dirname, '../..')
const STAND_IN = join(ROOT, 'e2e/stand-in/electron')

export const ALLOW_GIT = { permissions: { allow: ['Bash(git add:*)', 'Bash(git commit:*)'] } }

async function makeRepository(env: Readonly<Record<string, string>>, path: string, files: Given['files']): Promise<void> {
  await mkdir(path, { recursive: true })
  for (const [name, content] of Object.entries(files)) {
    await mkdir(resolve(path, name, '..'), { recursive: true })
    await writeFile(join(path, name), content)
  }
  await git(env, path, 'init', '--quiet', '--initial-branch=main')
  await git(env, path, 'add', '--all')
  await git(env, path, 'commit', '--quiet', '--message=First')
}

/** Without WebGL xterm.js draws rows of text, which a story can read; the WebGL renderer is for eyes. */
async function readable(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
      return kind.startsWith('webgl') ? null : Reflect.apply(original, this, [kind, ...rest])
    } as typeof original
  })
}

type Shown = { readonly page: Page; killAndReturn(): Promise<void>; close(): Promise<void> }
type Place = {
  readonly repository: string
  readonly dataDir: string
  readonly claude: string
  readonly env: Readonly<Record<string, string>>
}

async function showInBrowser(page: Page, { repository, dataDir, claude, env }: Place): Promise<Shown> {
  const start = () => startHost({ env, dataDir, words: [repository, '--claude', claude, '--port', '0'] })
  let host = await start()
  await readable(page)
  await page.goto(host.url)
  return {
    page,
    async killAndReturn() {
      process.kill(host.pid, 'SIGKILL')
      await host.stop()
      host = await start()
      await page.goto(host.url)
    },
    async close() {
      const code = await host.stop()
      if (code !== 0) throw new Error(`sluice serve ended with ${code}`)
    },
  }
}

async function showOnDesktop(executablePath: string | undefined, { repository, dataDir, claude, env }: Place): Promise<Shown> {
  const app = await _electron.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [join(ROOT, 'out/main/main.js'), repository, '--data', dataDir, '--claude', claude],
    env: { ...env, ...(process.env['CHROMIUM'] === undefined ? {} : { CHROMIUM: process.env['CHROMIUM'] }) },
  })
  const page = await app.firstWindow()
  // A reload before the first load is over would cancel it.
  await page.getByRole('dialog', { name: 'Trust this repository?' }).waitFor()
  await readable(page)
  await page.reload()
  const killAndReturn = () => Promise.reject(new Error('On the desktop the window goes with it.'))
  return { page, killAndReturn, close: () => app.close() }
}

export const test = base.extend<Given & { world: World }>({
  host: ['web', { option: true }],
  scripts: [{}, { option: true }],
  files: [{ 'README.md': '# Sample\n' }, { option: true }],
  claudeSettings: [ALLOW_GIT, { option: true }],
  claude: [CLAUDE, { option: true }],
  claudeEnv: [{}, { option: true }],
  async world({ host, scripts, files, claudeSettings, claude, claudeEnv, page: browserPage }, use) {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-story-')))
    const [repository, dataDir] = [join(folder, 'shop'), join(folder, 'data')]
    const model = await startModel(scripts)
    await mkdir(repository)
    const home = await makeClaudeHome({
      folder,
      model: model.url,
      repositories: [repository],
      env: { SHELL: '/bin/bash', ...claudeEnv },
    })
    await writeFile(join(home.config, 'settings.json'), JSON.stringify(claudeSettings))
    await makeRepository(home.env, repository, files)
    const place: Place = { repository, dataDir, claude, env: home.env }
    const shown =
      host === 'web'
        ? await showInBrowser(browserPage, place)
        : await showOnDesktop(host === 'electron' ? undefined : STAND_IN, place)
    const world: World = {
      page: shown.page,
      repository,
      dataDir,
      model,
      env: home.env,
      ask: (...words) => runSluice(home.env, [...words, '--data', dataDir]),
      git: (...args) => git(home.env, repository, ...args),
      killAndReturn: shown.killAndReturn,
    }
    await use(world)
    await shown.close()
    await model.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  },
})

export { expect } from '@playwright/test'
