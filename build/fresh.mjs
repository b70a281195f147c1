/**
 * Builds Sluice when a source is newer than the build. Of several that ask at once, one builds and the others wait for it.
 * Plain JavaScript: it must run on whatever Node the machine has.
 */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const ownNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** The project's own Node, or where it is not installed the one that runs. */
export const node = existsSync(ownNode) ? ownNode : process.execPath

/** The built `sluice` command. */
export const built = join(root, 'out', 'main', 'sluice.js')

const LOCK = join(root, 'out', '.building')
const LOOK_MS = 100
/** No build takes so long: the number of its process is somebody else's by now. */
const STALE_MS = 15 * 60_000

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

/** True while another process builds; the lock of one that was killed is taken away. */
function isBuilding() {
  try {
    const since = statSync(LOCK).mtimeMs
    if (Date.now() - since < STALE_MS) {
      // Empty for the moment in which it is written: 0 is a group of processes that is always there.
      process.kill(Number(readFileSync(LOCK, 'utf8')), 0)
      return true
    }
  } catch (error) {
    if (error.code === 'ENOENT') return false
    if (error.code === 'EPERM') return true
  }
  try {
    unlinkSync(LOCK)
  } catch {
    // Somebody else took it away.
  }
  return false
}

/** True when this process has the lock now. */
function takesLock() {
  mkdirSync(dirname(LOCK), { recursive: true })
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function build() {
  process.stderr.write('Building Sluice…\n')
  const vite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const words = [vite, 'build', '--config', join(root, 'build', 'electron.vite.config.ts'), '--logLevel', 'warn']
  try {
    return spawnSync(node, words, { cwd: root, stdio: ['ignore', 2, 2] }).status === 0
  } finally {
    unlinkSync(LOCK)
  }
}

/** Returns once there is a build of what the sources are; false when it could not be built, which was said. */
export function isFresh() {
  for (;;) {
    while (isBuilding()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS)
    if (!isStale()) return true
    if (!takesLock()) continue
    if (build()) return true
    process.stderr.write('Sluice could not be built; the lines above say why.\n')
    return false
  }
}
