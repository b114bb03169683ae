/** A name that is safe as a folder on every system, from a file's base name: "Scan 3 (AP).dcm" → "Scan-3-AP". */
export function safeName(fileName: string): string {
  const stem = fileName.replace(/\.(dcm|dicom|dic|png|jpe?g)$/i, '')
  const safe = stem
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 80)
    .replace(/[^A-Za-z0-9]+$/, '')
  // Reserved by Windows, with or without an extension.
  return safe === '' || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(safe) ? `case-${safe}`.replace(/-$/, '') : safe
}

/** `name`, or `name-2`, `name-3` … where it is taken; file systems may not tell upper from lower case. */
export function uniqueName(name: string, taken: Set<string>): string {
  let candidate = name
  for (let n = 2; taken.has(candidate.toLowerCase()); n++) candidate = `${name}-${n}`
  taken.add(candidate.toLowerCase())
  return candidate
}
