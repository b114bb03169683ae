import { computed, ref, shallowRef } from 'vue'
import { messageOf } from '../api'

/** Where something that is read from the main side stands; `empty`: nothing was asked for. */
export type LoadState = 'empty' | 'loading' | 'ready' | 'failed'

interface Taking<T> {
  /** Keeps what was read, in the same step as `state` becomes `ready`. */
  take(found: T): void
  /** False where the answer is no longer of use: it is dropped, a failure too. */
  isCurrent?(): boolean
}

/**
 * State and failure of a store that reads from the main side, for stores to return. What is ready stays on screen while it is
 * read again; after a failure it is waited for anew. Of several loads the last one counts.
 */
export function useLoading(start: LoadState = 'loading') {
  const state = ref<LoadState>(start)
  /** Whatever was thrown; null where nothing was. */
  const error = shallowRef<unknown>(null)
  const failure = computed(() => (error.value === null ? '' : messageOf(error.value)))
  let newest = 0

  /** @throws nothing: a failure of `read` is told by `state` and `failure` */
  async function load<T>(read: () => Promise<T>, { take, isCurrent = () => true }: Taking<T>): Promise<void> {
    const mine = ++newest
    const isAwaited = () => mine === newest && isCurrent()
    if (state.value !== 'ready') state.value = 'loading'
    try {
      const found = await read()
      if (!isAwaited()) return
      take(found)
      error.value = null
      state.value = 'ready'
    } catch (thrown) {
      if (isAwaited()) fail(thrown)
    }
  }

  function fail(thrown: unknown): void {
    error.value = thrown
    state.value = 'failed'
  }

  return { state, failure, error, load, fail }
}
