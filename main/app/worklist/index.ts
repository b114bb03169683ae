export { OpenFilms } from './openFilms'
export { isSameFilm } from './sameFilm'
export { Worklist } from './worklist'
export { zonedRecord } from './zonedRecord'
