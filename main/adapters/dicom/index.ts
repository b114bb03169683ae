export { DecodePool } from './decodePool'
export { decodeWorkerFile } from './decodeWorkerFile'
export { readFilm } from './readFilm'
