/** Makes `import 'electron'` and `require('electron')` mean the stand-in, in this process only. */

import { registerHooks } from 'node:module'

const standIn = new URL('module.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
})
