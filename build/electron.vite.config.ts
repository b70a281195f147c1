/** One build of everything: the desktop main process, the loopback host, the screen worker, the preload and the page. */

import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = (path: string): string => resolve(root, path)

export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      rollupOptions: {
        input: {
          main: at('electron/shell/main.ts'),
          sluice: at('electron/cli/main.ts'),
          screens: at('electron/terminals/screens-worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      rollupOptions: {
        input: { preload: at('electron/shell/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react()],
    worker: { format: 'es' },
    build: { outDir: at('out/renderer'), emptyOutDir: true, rollupOptions: { input: at('renderer/index.html') } },
  },
})
