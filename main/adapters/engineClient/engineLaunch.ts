import { execFileSync, fork, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SimpleBitsError, type BackendChoice } from '../../../contract'
import { unpackedFolder } from '../files'

const FIRST_NODE = 20

/**
 * What the native library reads at its start. OpenMP threads sleep instead of spinning; convolutions are oneDNN's on every
 * processor, so that all of one kind round alike (TensorFlow by itself takes it only where it finds neural-network
 * instructions, docs/results/bench.md); and glibc keeps freed memory instead of handing it back: a tensor of some
 * megabytes otherwise costs more in page faults than in arithmetic (element-wise operations on 12 MB: 11 ms against 4 ms).
 */
const ENGINE_ENVIRONMENT = {
  OMP_WAIT_POLICY: 'PASSIVE',
  TF_CPP_MIN_LOG_LEVEL: '2',
  TF_ENABLE_ONEDNN_OPTS: process.env['TF_ENABLE_ONEDNN_OPTS'] ?? '1',
  MALLOC_MMAP_THRESHOLD_: String(4 * 2 ** 30),
  MALLOC_TRIM_THRESHOLD_: String(4 * 2 ** 30),
  GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
}

/** An Electron as Node is none; and what opens the store is nothing that the engine needs to know. */
const NOT_FOR_THE_ENGINE = { ELECTRON_RUN_AS_NODE: undefined, SIMPLEBITS_STORE_PASSPHRASE: undefined }

interface EngineLaunch {
  readonly backend: BackendChoice
  /** Folders that hold models, first wins. */
  readonly models: readonly string[]
}

/**
 * Starts the engine as a plain Node child process (never an Electron one: its allocator kills the process near 2.4 GB).
 * @throws SimpleBitsError BACKEND_UNAVAILABLE where no fitting Node is found
 */
export function launchEngine({ backend, models }: EngineLaunch): ChildProcess {
  const entry = engineEntry()
  const node = plainNode()
  return fork(entry.file, ['--backend', backend, ...models.flatMap((folder) => ['--models', folder])], {
    execPath: node,
    execArgv: entry.execArgv,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ...ENGINE_ENVIRONMENT, ...NOT_FOR_THE_ENGINE },
  })
}

/** The TypeScript source through tsx, or the bundle beside this one, outside the packaged app's archive. */
function engineEntry(): { file: string; execArgv: string[] } {
  const folder = unpackedFolder(import.meta.url)
  if (!import.meta.url.endsWith('.ts')) return { file: join(folder, 'engineProcess.cjs'), execArgv: [] }
  const tsx = createRequire(import.meta.url).resolve('tsx')
  return { file: join(folder, '../compute/engineProcess.ts'), execArgv: ['--import', pathToFileURL(tsx).href] }
}

function plainNode(): string {
  const node = process.env['SIMPLEBITS_NODE'] ?? (isElectron() ? shippedNode() : process.execPath)
  const version = node === process.execPath ? process.versions.node : versionOf(node)
  const major = Number(version.split('.')[0])
  if (major >= FIRST_NODE) return node
  throw new SimpleBitsError(
    'BACKEND_UNAVAILABLE',
    `The engine needs Node ${FIRST_NODE} or newer, and ${node} is Node ${version}. Set SIMPLEBITS_NODE to a fitting one.`,
  )
}

function isElectron(): boolean {
  return process.versions['electron'] !== undefined
}

/** The Node that the package ships, else the one on the path. */
function shippedNode(): string {
  const shipped = 'resourcesPath' in process ? join(String(process.resourcesPath), 'node') : ''
  return existsSync(shipped) ? shipped : 'node'
}

function versionOf(node: string): string {
  try {
    return execFileSync(node, ['--version'], { encoding: 'utf8', timeout: 10_000 }).trim().replace(/^v/, '')
  } catch (cause) {
    throw new SimpleBitsError(
      'BACKEND_UNAVAILABLE',
      `The engine needs Node, and ${node} could not be started. Install Node ${FIRST_NODE} or newer, or set SIMPLEBITS_NODE to one.`,
      { cause },
    )
  }
}
