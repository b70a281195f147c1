/** Bundles react-diff-view for a bare page of a bench. */

import { join } from 'node:path'
import { build } from 'vite'

/** Gives the script that makes `window.otherDiff`. */
export async function otherDiffScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, 'other-diff-page.ts'), formats: ['iife'], name: 'bench', fileName: 'bench' },
    },
  })
  const [output] = Array.isArray(built) ? built : [built]
  if (output === undefined || !('output' in output)) throw new Error('The bundler gave nothing.')
  return output.output[0].code
}
