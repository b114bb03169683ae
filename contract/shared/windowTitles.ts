import type { WindowRole } from '../filmWindow'

/** What the desktop calls the program's windows while no film is open. */
export const WINDOW_TITLES: Readonly<Record<WindowRole, string>> = {
  main: 'SimpleBits workstation',
  film: 'Film – SimpleBits workstation',
}
