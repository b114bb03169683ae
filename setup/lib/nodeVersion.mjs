/**
 * tfjs-node 4.22 calls `util.isNullOrUndefined`, gone in Node 23; the build tools want 20.19 or 22.12 at least.
 * @param {string} version as in process.versions.node
 * @returns {string | undefined} what is wrong, in plain words
 */
export function nodeVersionProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12)
  if (fits) return undefined
  return (
    `Node ${version} does not fit: this program needs Node 20 (20.19 or newer) or Node 22 (22.12 or newer), not ` +
    `${major >= 23 ? 'a newer one, because its native TensorFlow binding does not run there' : 'an older one'}. ` +
    'Install one of these and start again.'
  )
}
