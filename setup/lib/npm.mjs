/**
 * npm with these arguments, as a command and its arguments. On Windows npm is a batch file, which Node starts neither by its bare
 * name nor, since April 2024, without a shell (CVE-2024-27980; child_process, “Spawning .bat and .cmd files on Windows”): there its
 * script is run by Node itself, whose path npm leaves in the environment of what it starts, else by cmd.exe.
 * @param {readonly string[]} args
 * @param {{ platform?: NodeJS.Platform, env?: NodeJS.ProcessEnv }} [on]
 * @returns {[command: string, args: readonly string[]]}
 */
export function npmCommand(args, { platform = process.platform, env = process.env } = {}) {
  if (platform !== 'win32') return ['npm', args]
  const script = env['npm_execpath']
  return script?.endsWith('npm-cli.js')
    ? [process.execPath, [script, ...args]]
    : [env['ComSpec'] ?? 'cmd.exe', ['/d', '/c', 'npm.cmd', ...args]]
}
