import { onScopeDispose, watchEffect } from 'vue'
import type { WindowRole } from '../../contract'
import { windowTitle } from '../presentation/caseWords'
import { useOpenCase } from '../stores/openCase'
import { useShell } from '../stores/shell'

/** Names the open film in the window's title, while a film is what the window shows. */
export function useWindowTitle(role: WindowRole): void {
  const openCase = useOpenCase()
  const shell = useShell()
  watchEffect(() => {
    const isFilm = shell.view === 'workstation' || shell.view === 'film'
    document.title = windowTitle((isFilm && openCase.detail?.summary) || null, role)
  })
  // Behind a locked door no patient is named.
  onScopeDispose(() => (document.title = windowTitle(null, role)))
}
