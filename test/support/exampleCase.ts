import { caseId, sha256 } from '../../contract'
import { UNKNOWN_IDENTITY } from '../../main/domain/caseIdentity'
import type { StoredAudit, StoredCase } from '../../main/ports'
import { exampleRecord } from './exampleReport'

/** An invented case; `number` makes its id and hash. */
export function exampleCase(number: number, changes: Partial<StoredCase> = {}): StoredCase {
  return {
    id: caseId.parse(`film-${number}`),
    file: `/films/${number}.dcm`,
    sha256: sha256.parse(number.toString(16).padStart(64, '0')),
    copy: null,
    bundled: false,
    addedAt: `2026-01-01T00:00:${String(number % 60).padStart(2, '0')}.000Z`,
    title: `film ${number}`,
    patientLine: '',
    identity: UNKNOWN_IDENTITY,
    reportLabel: null,
    decision: null,
    thumbnail: 'data:image/png;base64,AAAA',
    warnings: [],
    error: null,
    ...changes,
  }
}

/** An invented audit of two frames whose seed and every pixel are `mark`: halves of two audits can be told apart. */
export function exampleAudit(mark: number): StoredAudit {
  const size = 128 * 128
  return {
    record: exampleRecord({ seed: mark }),
    frames: {
      count: 2,
      pictures: new Uint8Array(2 * size).fill(mark),
      maps: new Float32Array(2 * size).fill(mark),
      details: new Uint8Array(2 * size).fill(mark),
    },
    originalMap: new Float32Array(size).fill(mark),
    simplifiedMap: new Float32Array(size).fill(mark),
    flatMap: new Float32Array(size).fill(mark),
    simplifiedPicture: new Uint8Array(size).fill(mark),
    fineDetail: new Uint8Array(size).fill(mark),
  }
}
