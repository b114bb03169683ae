import { seededRng } from '../../engine/rng'
import type { TrainingFilm } from './trainingFilm'

/**
 * Deals films to folds so that no patient is in two of them. Films without a patient number count as a patient each.
 * Patients are shuffled within (split, any effusion) and dealt round robin: every fold holds every source and both classes.
 *
 * @returns the fold of each film, 0 … folds − 1
 */
export function patientFolds(films: readonly TrainingFilm[], folds: number, seed: number): number[] {
  const patients = new Map<string, { indices: number[]; stratum: string }>()
  films.forEach((film, index) => {
    const key = film.patientId ?? `film ${film.id}`
    const patient = patients.get(key) ?? { indices: [], stratum: `${film.split} 0` }
    patient.indices.push(index)
    if (film.labels[0] === 1) patient.stratum = `${film.split} 1`
    patients.set(key, patient)
  })
  const all = [...patients.values()]
  const rng = seededRng(seed)
  const shuffled = rng.permutation(all.length).flatMap((index) => all[index] ?? [])
  shuffled.sort((one, other) => (one.stratum < other.stratum ? -1 : one.stratum > other.stratum ? 1 : 0))
  const result = films.map(() => 0)
  shuffled.forEach((patient, place) => patient.indices.forEach((index) => (result[index] = place % folds)))
  return result
}
