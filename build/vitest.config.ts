/** Unit and real-git tests. End-to-end stories are Playwright's (`build/playwright.config.ts`). */

import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['{shared,electron,renderer,build,e2e}/**/*.test.{ts,tsx}'],
    setupFiles: ['build/test-setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
})
