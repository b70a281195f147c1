/** `node build/with-browser.ts SCRIPT`: builds the app, finds a browser, and runs one of the scripts of `e2e/` with it. */

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { needBrowser } from './browser.ts'

const root = join(import.meta.dirname, '..')
const [script, ...words] = process.argv.slice(2)
if (script === undefined) throw new Error('Which script of e2e/?')

const run = (args: readonly string[], env: NodeJS.ProcessEnv = process.env): number =>
  spawnSync(process.execPath, [...args], { cwd: root, stdio: 'inherit', env }).status ?? 1

const vite = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
const built = run([vite, 'build', '--config', 'build/electron.vite.config.ts', '--logLevel', 'warn'])
process.exitCode = built === 0 ? run([join(root, script), ...words], { ...process.env, CHROMIUM: needBrowser() }) : built
