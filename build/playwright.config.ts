/** End-to-end stories: the same files for the browser host, the Electron stand-in and real Electron. */

import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'
import { findBrowser } from './browser.ts'
import type { Host } from '../e2e/stories/fixture.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const asRoot = process.getuid?.() === 0

export default defineConfig<{ host: Host }>({
  testDir: `${root}e2e/stories`,
  outputDir: `${root}test-results`,
  fullyParallel: false,
  workers: 2,
  forbidOnly: true,
  retries: 0,
  // A busy machine is late: what is waited for is always a condition.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter:
    process.env['SLUICE_REPORT'] === undefined ? [['list']] : [['list'], ['json', { outputFile: process.env['SLUICE_REPORT'] }]],
  use: {
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(findBrowser() === null ? {} : { executablePath: findBrowser()! }),
      args: [...(asRoot ? ['--no-sandbox', '--test-type'] : []), '--enable-unsafe-swiftshader'],
    },
  },
  projects: [
    { name: 'web', use: { host: 'web' } },
    { name: 'electron-stand-in', use: { host: 'electron-stand-in' }, testMatch: /loop|reload|first-run/u },
    { name: 'electron', use: { host: 'electron' }, testMatch: /loop|reload|first-run/u },
  ],
})
