/** The real shell with a fixture House and page, for the stand-in's own test. Run as an Electron entry file. */

import { join } from 'node:path'
import { ok } from '../../../shared/result.ts'
import { startShell } from '../shell.ts'
import { createFixtureHouse } from './fixture-house.ts'

startShell({
  preload: process.env['FIXTURE_PRELOAD'] ?? '',
  pages: join(import.meta.dirname, 'page'),
  compose: async ({ dataDir, env }) => ok(createFixtureHouse(dataDir, env['FIXTURE_RECENT']?.split(','))),
})
