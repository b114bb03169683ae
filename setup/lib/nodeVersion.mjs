/**
 * The build tools want 20.19, 22.12 or a newer long-term version.
 * @param {string} version as in process.versions.node
 * @returns {string | undefined} what is wrong, in plain words
 */
export function nodeVersionProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24
  if (fits) return undefined
  return (
    `Node ${version} does not fit: this program needs Node 20 (20.19 or newer), 22 (22.12 or newer) or 24 and newer. ` +
    'Install one of these and start again.'
  )
}
