import type { CallParams, CallResult, SharedStage, WorkstationCall, WorkstationEvent } from '../../../contract'
import type { FilmWindow } from '../../ports'

type FilmWindowCall = Extract<WorkstationCall, 'showFilmWindow' | 'filmWindowIsOpen' | 'shareStage' | 'sharedStage'>
type FilmWindowCalls = { readonly [C in FilmWindowCall]: (params: CallParams<C>) => Promise<CallResult<C>> }

/** Opening the film's own window, and passing on to each window what the other one shows. */
export function filmWindowCallsOf(window: FilmWindow | null, tell: (event: WorkstationEvent) => void): FilmWindowCalls {
  let last: SharedStage | null = null
  window?.onChange((open) => tell({ type: 'filmWindow', open }))
  return {
    async showFilmWindow({ open }) {
      await (open ? window?.show() : window?.hide())
      return null
    },
    filmWindowIsOpen: async () => window?.isOpen() ?? false,
    async shareStage({ from, stage }) {
      if (from === 'main') last = stage
      tell({ type: 'sharedStage', from, stage })
      return null
    },
    sharedStage: async () => last,
  }
}
