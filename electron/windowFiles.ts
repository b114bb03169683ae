import { extname, resolve, sep } from 'node:path'

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

/** The media type of a file of the window; null for kinds that the window does not consist of (they are not served). */
export const mediaTypeOf = (file: string): string | null => mediaTypes[extname(file).toLowerCase()] ?? null

/**
 * The file behind a path of app://workstation, or null where it would lie outside `root`. The URL parser resolves plain
 * `..`, but not what is percent-encoded, so the decoded path is what is judged.
 */
export function windowFile(root: string, pathname: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null
  const base = resolve(root)
  const file = resolve(base, `.${decoded === '/' ? '/index.html' : decoded}`)
  return file.startsWith(base + sep) ? file : null
}
