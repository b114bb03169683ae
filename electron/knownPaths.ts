import type { CallParams, WireError, WorkstationCall } from '../contract'
import type { UserDialogs, Workstation } from '../main/compose'

/** Two slashes or backslashes begin a share of another computer, which learns who opens it, or a device. */
const ELSEWHERE = /^[\\/]{2}/

/**
 * Which paths the window may name: it is treated as hostile. A folder is shown and a classifier taken only where one of these
 * dialogs has answered with it. Films are read from wherever they were dropped, but for other computers.
 */
export function knownPaths(dialogs: UserDialogs): {
  /** The same ones, whose answers are remembered. */
  readonly dialogs: UserDialogs
  /** The product as the window may ask it. */
  guard(workstation: Workstation): Workstation
} {
  const known = new Set<string>()
  const unknown = (paths: readonly string[]) => paths.filter((path) => !known.has(path))
  const notAllowed: Partial<{ readonly [C in WorkstationCall]: (params: CallParams<C>) => readonly string[] }> = {
    showInFolder: ({ path }) => unknown([path]),
    addClassifier: ({ folder }) => unknown([folder]),
    importFiles: ({ paths }) => unknown(paths).filter((path) => ELSEWHERE.test(path)),
  }
  return {
    dialogs: {
      ...dialogs,
      async openFiles(options) {
        const paths = await dialogs.openFiles(options)
        for (const path of paths ?? []) known.add(path)
        return paths
      },
      async saveFile(options) {
        const path = await dialogs.saveFile(options)
        if (path !== null) known.add(path)
        return path
      },
    },
    guard: (workstation) => ({
      ...workstation,
      call: async (name, params) =>
        (notAllowed[name]?.(params) ?? []).length > 0 ? refused : workstation.call(name, params),
    }),
  }
}

const refused: { readonly ok: false; readonly error: WireError } = {
  ok: false,
  error: { code: 'BAD_REQUEST', message: 'Choose this file or folder in the program’s own dialog.' },
}
