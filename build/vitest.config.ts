/** Unit and real-git tests. End-to-end stories are Playwright's (`build/playwright.config.ts`). */

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['{shared,electron,renderer,build,e2e}/**/*.test.{ts,tsx}'],
    setupFiles: ['build/test-setup.ts'],
    // Most of the long ones wait for other programs: more of them at once than there are processors.
    maxWorkers: 4,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
})
