/** Electron needs a display; where the machine has none, a virtual one, larger than any window that
 * is photographed (X11 makes a window of exactly the screen's size one pixel smaller). */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])

/**
 * @param {string} command @param {readonly string[]} args
 * @returns {[string, string[]]}
 */
export const onDisplay = (command, args) =>
  hasDisplay() ? [command, [...args]] : ['xvfb-run', ['-a', '-s', '-screen 0 2560x1600x24', command, ...args]]

/** Chromium's sandbox refuses to run as root. */
export const sandboxArguments = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : [])
