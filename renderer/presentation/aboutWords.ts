import type { ClassifierView, ModelAnswer, StoredFinding } from '../../contract'

/** The classifier in use, as far as an agreement may be about it. */
export type Deciding = Pick<ClassifierView, 'name' | 'sha256' | 'threshold'>

/**
 * "about the classifier effusion-128": what a reader agreed or disagreed with, where that is not what decides now. Null where it is,
 * or where nobody is known to decide.
 *
 * @param about absent in findings of before it was kept
 */
export function aboutWords(about: ModelAnswer | undefined, decides: Deciding | null): string | null {
  if (!decides) return null
  if (!about) return 'about a classifier that was not recorded'
  if (about.sha256 === decides.sha256 && about.threshold === decides.threshold) return null
  return about.name === decides.name ? `about another version of ${about.name}` : `about the classifier ${about.name}`
}

/** Whether readers agreed or disagreed with one and the same classifier: else their answers do not compare. */
export function areAboutOne(readings: readonly Pick<StoredFinding, 'about'>[]): boolean {
  return new Set(readings.map(({ about }) => (about ? `${about.sha256} ${about.threshold}` : ''))).size <= 1
}
