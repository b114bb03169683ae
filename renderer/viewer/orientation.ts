import type { FilmOrientation } from '../../contract'
import { unturnVector, type Turn } from './turn'

const OPPOSITE: Readonly<Record<string, string>> = { R: 'L', L: 'R', A: 'P', P: 'A', H: 'F', F: 'H' }

/** The anatomical letter at each edge of the screen: "R" at the left means that the patient's right is there. */
export interface EdgeLetters {
  readonly left: string
  readonly right: string
  readonly top: string
  readonly bottom: string
}

/** Where the film's rows and columns point, as it lies on screen now (PS3.3 C.7.6.1.1.1). */
export function edgeLetters({ row, column }: FilmOrientation, turn: Turn): EdgeLetters {
  const at = (x: number, y: number): string => {
    const onFilm = unturnVector(turn, { x, y })
    if (onFilm.x !== 0) return onFilm.x > 0 ? row : opposite(row)
    return onFilm.y > 0 ? column : opposite(column)
  }
  return { left: at(-1, 0), right: at(1, 0), top: at(0, -1), bottom: at(0, 1) }
}

const opposite = (letters: string): string => [...letters].map((letter) => OPPOSITE[letter] ?? '').join('')
