import type {
  CallParams,
  CallResult,
  CaseDetail,
  ErrorCode,
  FilmPixels,
  WireError,
  WorkstationCall,
  Tell,
} from '../contract'

/** A refused or failed call: the main side's closed code and its sentence for the user. */
export class CallError extends Error {
  override readonly name = 'CallError'
  readonly code: ErrorCode

  constructor(error: WireError) {
    super(error.message)
    this.code = error.code
  }
}

/** Calls the main side; throws CallError with its code and message where the answer is a refusal. */
export async function call<C extends WorkstationCall>(name: C, params: CallParams<C>): Promise<CallResult<C>> {
  const answer = await window.api.call(name, params)
  if (!answer.ok) throw new CallError(answer.error)
  return answer.result
}

export const onEvent = (listener: Tell): (() => void) => window.api.onEvent(listener)

export const pathOfFile = (file: File): string => window.api.pathOfFile(file)

/** Fetches a film's stored pixels (little-endian, row-major, height × width) over the app's own protocol. */
export async function fetchPixels(detail: CaseDetail): Promise<FilmPixels> {
  const { width, height } = detail.header
  const response = await fetch(detail.pixelsUrl)
  if (!response.ok) throw unreadable(`The film's pixels could not be read (${response.status}). Open the film again.`)
  const pixels = asPixels(await response.arrayBuffer(), detail.pixelType)
  if (pixels.length !== width * height) throw unreadable("The film's pixels do not fit its header. Import it again.")
  return pixels
}

function asPixels(buffer: ArrayBuffer, type: CaseDetail['pixelType']): FilmPixels {
  if (type === 'uint8') return new Uint8Array(buffer)
  if (type === 'int8') return new Int8Array(buffer)
  if (type === 'uint16') return new Uint16Array(buffer)
  return new Int16Array(buffer)
}

const unreadable = (message: string) => new CallError({ code: 'FILE_UNREADABLE', message })

/** Whatever was thrown, as one sentence for the screen. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'Something failed inside the program. Try again.'
