import type { composeWorkstation } from '../main/compose'

/** The product behind the window, as main/compose.ts wires it. */
export type Workstation = Awaited<ReturnType<typeof composeWorkstation>>
/** What the product asks of the desktop: dialogs. */
export type UserDialogs = Parameters<typeof composeWorkstation>[0]['dialogs']
