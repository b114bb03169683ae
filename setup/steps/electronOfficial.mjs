import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderBytes } from '../lib/cache.mjs'
import { errorLine, run } from '../lib/run.mjs'
import { withHeartbeat } from '../lib/say.mjs'

/** Given up after so long without a byte: a blocked download host often answers nothing at all. */
const idleMs = 15_000

/**
 * Lets the electron package download its binary.
 * @param {string} electronPackage its folder
 * @returns {Promise<{ why: string, begun: boolean } | undefined>} why that failed, and whether anything had come by then
 */
export async function fetchOfficialElectron(electronPackage) {
  // The downloader works in the temporary folder; one of our own lets us see whether it is getting on.
  const temporary = await mkdtemp(join(tmpdir(), 'simplebits-electron-'))
  let begun = false
  const megabytes = () => {
    const downloaded = folderBytes(temporary)
    begun ||= downloaded > 0
    return (downloaded + folderBytes(join(electronPackage, 'dist'))) / 1e6
  }
  try {
    const result = await withHeartbeat({ step: 'electron', label: 'official download', megabytes }, () =>
      run(process.execPath, ['install.js'], {
        cwd: electronPackage,
        env: { ...process.env, ...proxyOf(process.env), TMPDIR: temporary, TMP: temporary, TEMP: temporary },
        output: 'capture',
        idleMs,
        alive: megabytes,
      }),
    )
    if (result.stopped) return { why: `no answer for ${idleMs / 1000} s`, begun }
    return result.code === 0 ? undefined : { why: reasonIn(result.output), begun }
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/** Of a host that cannot be reached the downloader prints no more than Node's "fetch failed". @param {string} output */
function reasonIn(output) {
  const line = errorLine(output)
  return line.endsWith('fetch failed') ? 'its host cannot be reached from here' : line
}

/**
 * The downloader looks for a proxy only where it is told to, and does not know npm's settings.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv} what is added to it
 */
export function proxyOf(env) {
  const http = env['http_proxy'] || env['HTTP_PROXY'] || env['npm_config_proxy']
  const https = env['https_proxy'] || env['HTTPS_PROXY'] || env['npm_config_https_proxy'] || http
  const without = env['no_proxy'] || env['NO_PROXY'] || env['npm_config_noproxy']
  if (!https) return {}
  return {
    ELECTRON_GET_USE_PROXY: '1',
    HTTPS_PROXY: https,
    ...(http ? { HTTP_PROXY: http } : {}),
    ...(without ? { NO_PROXY: without } : {}),
  }
}
