import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

/** Bundles for Node (main process, engine child process, worker threads, command line), by output name. */
const nodeEntries = {
  main: 'electron/main.ts',
  engineProcess: 'main/adapters/compute/engineProcess.ts',
  decodeWorker: 'main/adapters/dicom/decodeWorker.ts',
  reportWorker: 'main/adapters/report/reportWorker.ts',
  cli: 'main/cli/index.ts',
}

/** Packages that read files beside themselves (native code, wasm, fonts) or must exist once a process: never bundled. */
const unbundled = [
  /^electron$/,
  /^@tensorflow\//,
  /^@cornerstonejs\//,
  /^dcmjs-codecs$/,
  /^pdfmake(\/|$)/,
  /^@resvg\//,
  /^pino$/,
  /^libsql$/,
  /^@libsql\//,
]

const presentEntries = (entries: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(entries)
      .map(([name, file]): [string, string] => [name, resolve(file)])
      .filter(([, file]) => existsSync(file)),
  )

/** Targets are Electron 25 (Chrome 114, Node 18), the oldest runtime the app is started on: see docs/adr/0002. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/electron',
      target: 'node18',
      sourcemap: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: presentEntries(nodeEntries),
        external: unbundled,
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node18',
      externalizeDeps: false,
      rolldownOptions: {
        input: presentEntries({ preload: 'electron/preload.ts' }),
        external: [/^electron$/],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [vue()],
    build: {
      outDir: 'out/renderer',
      target: 'chrome114',
      rolldownOptions: { input: presentEntries({ index: 'renderer/index.html' }) },
    },
  },
})
