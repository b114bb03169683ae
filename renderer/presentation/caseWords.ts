import type { CaseSummary, WindowRole } from '../../contract'
import { WINDOW_TITLES } from '../../contract/shared'

type Named = Pick<CaseSummary, 'title' | 'patientLine'>

/** What is known of the patient beside the name, or that nothing is. */
export const patientWords = ({ patientLine }: Pick<Named, 'patientLine'>): string => patientLine || 'No patient data'

/** "Doe, Jane · F · 58 y · PA": whose film it is, in one line. */
export const caseLine = ({ title, patientLine }: Named): string => [title, patientLine].filter(Boolean).join(' · ')

/** What the desktop calls a window: the open film first, because lists of windows cut the end off. */
export const windowTitle = (shown: Named | null, role: WindowRole): string =>
  shown ? `${caseLine(shown)} – ${WINDOW_TITLES[role]}` : WINDOW_TITLES[role]
