import { homedir } from 'node:os'
import { join } from 'node:path'
import { name as productName } from '../../../package.json'

/**
 * The folder in which the desktop app keeps what is the user's: what SIMPLEBITS_STORE names, else where Electron puts it.
 */
export function userDataFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const named = environment['SIMPLEBITS_STORE']
  return named ? named : join(applicationData(environment), productName)
}

/** As Electron's app.getPath('appData'): an empty variable counts as none. */
function applicationData(environment: Readonly<Record<string, string | undefined>>): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support')
  if (process.platform === 'win32') return environment['APPDATA'] || join(homedir(), 'AppData', 'Roaming')
  return environment['XDG_CONFIG_HOME'] || join(homedir(), '.config')
}
