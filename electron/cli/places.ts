/** Where the built parts of Sluice lie, seen from the built command. */

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

export type Places = {
  readonly version: string
  /** The folder of the built page. */
  readonly pages: string
  readonly screensWorker: URL
  /** The demonstration: part of a checkout, not of an installed app. */
  readonly demo: string
  readonly desktop: string
}

/** Takes the URL of the built `sluice.js`; reads the version beside it. */
export async function findPlaces(self: string): Promise<Places> {
  const manifest: unknown = JSON.parse(await readFile(new URL('../../package.json', self), 'utf8'))
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown'
  return {
    version,
    pages: fileURLToPath(new URL('../renderer', self)),
    screensWorker: new URL('./screens.js', self),
    demo: fileURLToPath(new URL('../../e2e/demo/main.ts', self)),
    desktop: fileURLToPath(new URL('./main.js', self)),
  }
}
