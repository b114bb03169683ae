import type { FilmOrientation } from '../film'

const AS_STORED = 'Left and right are those of the picture as stored.'

/** What left and right of a picture's zones mean in the patient: by the file where it says so, else the convention. */
export function pictureSides(orientation: FilmOrientation | null): string {
  if (orientation === null)
    return `${AS_STORED} In the usual orientation its left is the patient’s right; the program does not check it.`
  // The first letter is the direction that a row mostly points in (PS3.3 C.7.6.1.1.1).
  const [rightEdge = ''] = orientation.row
  if (rightEdge === 'L') return `${AS_STORED} By the file, its left is the patient’s right.`
  if (rightEdge === 'R') return `${AS_STORED} By the file, its left is the patient’s left.`
  return `${AS_STORED} By the file, they are not the patient’s sides.`
}
