import type { BackendChoice } from '../../contract'
import { DecodePool, decodeWorkerFile } from '../adapters/dicom'
import { createEngineClient, launchEngine } from '../adapters/engineClient'
import { createLogger } from '../adapters/log'
import { modelRoots } from '../adapters/weights'
import type { Clock, Engine, Logger } from '../ports'

/** Adapters that several compositions are put together from. */

export const systemClock: Clock = { now: () => new Date() }

/** The command line speaks for itself: its log is silent unless SIMPLEBITS_LOG asks for it. */
export function terminalLog(): Logger {
  return createLogger({ file: null, level: process.env['SIMPLEBITS_LOG'] ?? 'silent' })
}

/** An engine for the command line; close it at the end. `models`: folders that hold models, first wins. */
export function terminalEngine(backend: BackendChoice, models = modelRoots(process.env)): Engine {
  return createEngineClient({ launch: () => launchEngine({ backend, models }), log: terminalLog() })
}

/** Close it at the end. */
export function filmPool(): DecodePool {
  return new DecodePool({ worker: decodeWorkerFile() })
}
