import type { BackendChoice } from '../../contract'
import type { composeTerminal } from '../compose'

/** Does the work with what was made for it, and closes that, whatever happens. */
export async function closing<Made extends { close(): Promise<unknown> }, T>(
  made: Made,
  work: (made: Made) => Promise<T>,
): Promise<T> {
  try {
    return await work(made)
  } finally {
    await made.close()
  }
}

/** Does the work with the use cases over an engine of their own, which is closed after it. */
export async function withTerminal<T>(
  backend: BackendChoice,
  work: (terminal: ReturnType<typeof composeTerminal>) => Promise<T>,
): Promise<T> {
  const { composeTerminal } = await import('../compose')
  return closing(composeTerminal({ backend }), work)
}
