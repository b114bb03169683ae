import type { composeWorkstation } from '../main/compose'

/** The product behind the window, as main/compose wires it. */
export type Workstation = ReturnType<typeof composeWorkstation>
/** What the product asks of the desktop: dialogs, and a window of its own for the film. */
export type UserDialogs = Parameters<typeof composeWorkstation>[0]['dialogs']
/** The desktop's key store, where it has a real one. */
export type OsKeyStore = NonNullable<ReturnType<Parameters<typeof composeWorkstation>[0]['osKeyStore']>>
export type FilmWindow = Parameters<typeof composeWorkstation>[0]['filmWindow']
