#!/usr/bin/env node
/**
 * Starts the built `sluice` command of a checkout on the project's own Node, building first when something is newer than the build.
 * Plain JavaScript: it must run on whatever Node the machine has.
 */

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const built = join(root, 'out', 'main', 'sluice.js')
const ownNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const node = existsSync(ownNode) ? ownNode : process.execPath

/** The time of the newest source file below a folder, in milliseconds. */
function newest(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return Math.max(latest, newest(path))
    return Math.max(latest, statSync(path).mtimeMs)
  }, 0)
}

function isStale() {
  if (!existsSync(built)) return true
  const sources = ['shared', 'electron', 'renderer', 'build', 'e2e']
    .map((name) => join(root, name))
    .filter((path) => existsSync(path))
  return Math.max(...sources.map(newest)) > statSync(built).mtimeMs
}

if (isStale()) {
  process.stderr.write('Building Sluice…\n')
  const vite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const build = spawnSync(
    node,
    [vite, 'build', '--config', join(root, 'build', 'electron.vite.config.ts'), '--logLevel', 'warn'],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
    },
  )
  if (build.status !== 0) {
    process.stderr.write('Sluice could not be built; the lines above say why.\n')
    process.exit(1)
  }
}

const child = spawn(node, [built, ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.once('exit', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 128)
})
