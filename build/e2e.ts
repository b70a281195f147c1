/**
 * `npm run e2e [-- --project=NAME …]`: builds, finds a browser, runs the stories.
 * Without a project: the browser host and the Electron stand-in, and real Electron where its runtime is installed.
 * With SLUICE_REQUIRE_ELECTRON=1 real Electron must be there: an absent runtime fails.
 */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { needBrowser } from './browser.ts'

const root = join(import.meta.dirname, '..')
const given = process.argv.slice(2)
const required = process.env['SLUICE_REQUIRE_ELECTRON'] === '1'
const hasElectron =
  existsSync(join(root, 'node_modules/electron/path.txt')) && existsSync(join(root, 'node_modules/electron/dist'))

function run(script: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): number {
  return (
    spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio: 'inherit', env }).status ?? 1
  )
}

if (required && !hasElectron) {
  process.stderr.write(
    'SLUICE_REQUIRE_ELECTRON=1, and the Electron runtime is not installed: run “npx install-electron” first.\n',
  )
  process.exit(1)
}
// The launcher builds where a source is newer than the build.
const built = spawnSync(process.execPath, [join(root, 'build/sluice.mjs'), '--version'], {
  stdio: ['ignore', 'ignore', 'inherit'],
})
if (built.status !== 0) process.exit(built.status ?? 1)
const projects = given.some((word) => word.startsWith('--project'))
  ? []
  : ['--project=web', '--project=electron-stand-in', ...(hasElectron ? ['--project=electron'] : [])]
process.exitCode = run('@playwright/test/cli.js', ['test', '--config', 'build/playwright.config.ts', ...projects, ...given], {
  ...process.env,
  CHROMIUM: needBrowser(),
})
