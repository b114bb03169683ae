import type { CallTable, filmWindowCalls, SharedStage, Tell } from '../../../contract'
import type { FilmWindow } from '../../ports'

type FilmWindowCalls = CallTable<keyof typeof filmWindowCalls>

/** Opening the film's own window, and passing on to each window what the other one shows. */
export function filmWindowCallsOf(window: FilmWindow | null, tell: Tell): FilmWindowCalls {
  let last: SharedStage | null = null
  window?.onChange((open) => tell({ type: 'filmWindow', open }))
  return {
    async showFilmWindow({ open }) {
      await (open ? window?.show() : window?.hide())
    },
    filmWindowIsOpen: async () => window?.isOpen() ?? false,
    async shareStage({ from, stage }) {
      if (from === 'main') last = stage
      tell({ type: 'sharedStage', from, stage })
    },
    sharedStage: async () => last,
  }
}
