import { engineEnvironment } from './environment.mjs'

/**
 * What the app and its end-to-end tests are told: where Electron is, and which Node runs the engine's child process.
 * @param {import('../prepare.mjs').SetupResult} setup
 * @returns {NodeJS.ProcessEnv}
 */
export const appEnvironment = ({ node, electron, tensorflow }) => ({
  ...engineEnvironment(tensorflow.libraryPath),
  SIMPLEBITS_NODE: node,
  ...(electron ? { SIMPLEBITS_ELECTRON: electron.path } : {}),
})
