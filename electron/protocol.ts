import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { caseId, SimpleBitsError } from '../contract'
import { CONTENT_SECURITY_POLICY } from './contentSecurityPolicy'
import { FILM_HOST, SCHEME, WINDOW_ORIGIN } from './origins'
import { mediaTypeOf, windowFile } from './windowFiles'
import type { Workstation } from '../main/compose'

/** Must run before the app is ready: makes app:// a standard, secure scheme that fetch may use. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, stream: true },
    },
  ])
}

export interface AppProtocolOptions {
  /** Folder of the built window. */
  readonly windowFolder: string
  /** Who may read film pixels across origins: the window. */
  readonly windowOrigin: string
  readonly workstation: Pick<Workstation, 'filmPixels'>
}

/** app://workstation/… serves the window, app://film/<caseId> a film's stored pixels; everything else is refused. */
export function serveAppProtocol({ windowFolder, windowOrigin, workstation }: AppProtocolOptions): void {
  protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url)
    if (request.method !== 'GET') return refusal(405, 'only GET')
    if (`${SCHEME}://${url.host}` === WINDOW_ORIGIN) return windowResponse(windowFolder, url.pathname)
    if (url.host === FILM_HOST) return filmResponse(workstation, url.pathname.slice(1), windowOrigin)
    return refusal(404, 'no such place')
  })
}

async function windowResponse(folder: string, pathname: string): Promise<Response> {
  const file = windowFile(folder, pathname)
  const type = file === null ? null : mediaTypeOf(file)
  if (file === null || type === null) return refusal(403, 'not a file of this window')
  try {
    return new Response(await readFile(file), {
      headers: {
        'content-type': type,
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
    })
  } catch {
    return refusal(404, 'no such file')
  }
}

async function filmResponse(
  workstation: AppProtocolOptions['workstation'],
  id: string,
  windowOrigin: string,
): Promise<Response> {
  const cors = { 'access-control-allow-origin': windowOrigin, 'x-content-type-options': 'nosniff' }
  const known = caseId.safeParse(id)
  if (!known.success) return refusal(400, 'not a case', cors)
  try {
    const pixels = await workstation.filmPixels(known.data)
    return new Response(pixels, {
      headers: {
        ...cors,
        'content-type': 'application/octet-stream',
        'content-length': String(pixels.byteLength),
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    const { code, message } = SimpleBitsError.from(error)
    return refusal(code === 'CASE_NOT_FOUND' ? 404 : 500, message, cors)
  }
}

const refusal = (status: number, message: string, headers: Record<string, string> = {}): Response =>
  new Response(message, { status, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' } })
