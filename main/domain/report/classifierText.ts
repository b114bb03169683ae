import type { CohortOverview } from '../../../contract'

/** "effusion-128 (0123456789ab)": as `simplebits models` lists it. */
export const classifierText = ({ name, sha256 }: CohortOverview['classifier']): string =>
  `${name} (${sha256.slice(0, 12)})`
