/** The window's own scheme: no file:// address ever reaches the window. */
export const SCHEME = 'app'
/** Serves the built window. */
export const WINDOW_ORIGIN = `${SCHEME}://workstation`
/** Serves the stored pixels of films: app://film/<caseId>. */
export const FILM_HOST = 'film'

/** Scheme and authority of an address, also for our scheme, whose URL.origin is 'null' in Node; '' where it is none. */
export function originOf(address: string): string {
  try {
    const { protocol, host } = new URL(address)
    return `${protocol}//${host}`
  } catch {
    return ''
  }
}
