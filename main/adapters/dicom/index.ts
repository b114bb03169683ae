export { DecodePool, type DecodePoolOptions } from './decodePool'
export { decodeWorkerFile } from './decodeWorkerFile'
export { discoverFiles } from './discover'
export { filmFromBytes, readFilm } from './readFilm'
