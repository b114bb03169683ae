/**
 * Loads a WebAssembly module at its first use and forgets it when a call throws: after an abort its memory cannot be
 * trusted, and the next picture must not suffer for a broken one.
 */
export function lazily<Module>(load: () => Promise<Module>) {
  let loading: Promise<Module> | null = null
  return async <Result>(use: (module: Module) => Result): Promise<Result> => {
    loading ??= load()
    try {
      return use(await loading)
    } catch (error) {
      loading = null
      throw error
    }
  }
}
