#!/usr/bin/env node
/**
 * Starts the built `sluice` command of a checkout on the project's own Node, building first when something is newer than the build.
 * Plain JavaScript: it must run on whatever Node the machine has.
 */

import { spawn } from 'node:child_process'
import { built, isFresh, node } from './fresh.mjs'

if (!isFresh()) process.exit(1)

const child = spawn(node, [built, ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.once('exit', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 128)
})
