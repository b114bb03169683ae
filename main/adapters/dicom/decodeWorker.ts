import { parentPort } from 'node:worker_threads'
import { SimpleBitsError } from '../../../contract'
import type { DecodeReply, DecodeRequest } from './decodeMessages'
import { readDicomDir } from './dicomDir'
import { causeText, failure } from './failures'
import { modelInput } from '../../domain/modelInput'
import { readFilm } from './readFilm'

/** Entry of the decoding thread: one file at a time, pixels handed over without a copy. */
const port = parentPort
if (port === null) throw new Error('decodeWorker runs as a worker thread only')

const answer = async ({ path, key, want }: DecodeRequest): Promise<void> => {
  try {
    if (want === 'index') {
      const reply: DecodeReply = { kind: 'index', index: await readDicomDir(path) }
      return port.postMessage(reply)
    }
    const film = await readFilm(path, key)
    if (want === 'input') {
      const reply: DecodeReply = { kind: 'input', header: film.header, input: modelInput(film) }
      return port.postMessage(reply)
    }
    const reply: DecodeReply = { kind: 'film', film }
    port.postMessage(reply, [film.pixels.buffer as ArrayBuffer])
  } catch (thrown) {
    const error =
      thrown instanceof SimpleBitsError
        ? thrown
        : failure('DICOM_CORRUPT', 'The file could not be read; it is probably damaged.', thrown)
    const reply: DecodeReply = { kind: 'error', error: error.toWire(), detail: causeText(error.cause ?? error) }
    port.postMessage(reply)
  }
}

port.on('message', (request: DecodeRequest) => void answer(request))
port.postMessage({ kind: 'ready' } satisfies DecodeReply)
