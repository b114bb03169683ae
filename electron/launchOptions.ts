import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** How the app was started. */
export interface LaunchOptions {
  /** Demonstration: a fresh store, the first misclassified case opened and audited. */
  readonly demo: boolean
  /** Demonstration without a user: pictures, record and report go into this folder, then the app ends. */
  readonly demoOut: string | null
  /** Folder of the store in place of the user's own. */
  readonly store: string | null
  /** An automatic test: native dialogs are answered from the environment, several instances may run. */
  readonly test: boolean
  /** Address of the development server with hot reload. */
  readonly developmentServer: string | null
}

export interface LaunchContext {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** A packaged app obeys no switch of tests and development. */
  readonly packaged: boolean
}

export function launchOptions({ argv, env, packaged }: LaunchContext): LaunchOptions {
  const { values } = parseArgs({
    args: argv.slice(1),
    // Chromium's own switches stand among ours.
    strict: false,
    options: { demo: { type: 'boolean' }, 'demo-out': { type: 'string' } },
  })
  const demoOut = values['demo-out']
  return {
    demo: values.demo === true,
    demoOut: typeof demoOut === 'string' ? demoOut : null,
    store: env['SIMPLEBITS_STORE'] ? resolve(env['SIMPLEBITS_STORE']) : null,
    test: !packaged && env['SIMPLEBITS_TEST'] === '1',
    developmentServer: (!packaged && env['ELECTRON_RENDERER_URL']) || null,
  }
}
