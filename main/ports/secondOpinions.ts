import type { SecondOpinion } from '../../contract'

/** What a published model says of films that are known to it. */
export interface SecondOpinions {
  /** @param file the film's name without folders; null where nothing is known of it */
  opinionOn(file: string): SecondOpinion | null
}
