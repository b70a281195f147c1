/** Finds a Chromium for the stories, or installs one, or says exactly what to install. */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe'] as const
const APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
] as const

/** Gives the path of a Chromium or Chrome that is there, or null. `CHROMIUM` of the environment wins. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | null {
  const chosen = env['CHROMIUM']
  if (chosen !== undefined && chosen !== '') return chosen
  const folders = (env['PATH'] ?? '').split(delimiter)
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...APPS, chromium.executablePath()]
  return candidates.find((path) => path !== '' && existsSync(path)) ?? null
}

function tried(file: string, args: readonly string[]): boolean {
  return (
    spawnSync(file, [...args], { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status ===
    0
  )
}

/** Finds a browser, or installs Playwright's, or Debian's as root. Throws with what to install. */
export function needBrowser(): string {
  const found = findBrowser()
  if (found !== null) return found
  process.stderr.write('No Chromium was found; installing one…\n')
  const isDebianRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  const playwright = join(import.meta.dirname, '../node_modules/@playwright/test/cli.js')
  if (
    !isDebianRoot ||
    !(
      tried('apt-get', ['update']) &&
      tried('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'])
    )
  ) {
    tried(process.execPath, [playwright, 'install', 'chromium'])
  }
  const installed = findBrowser()
  if (installed !== null) return installed
  throw new Error(
    'The end-to-end stories need Chromium or Chrome. Install it (Debian: apt-get install chromium), or set CHROMIUM to its path.',
  )
}
