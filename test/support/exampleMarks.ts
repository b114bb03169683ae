import { caseMarks, type CaseMarks, type KeyImage } from '../../contract'

/** A grey picture of 2 × 2 pixels as JPEG. */
const JPEG =
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAACAAIBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AR//Z'

/** No reader's marks are withheld. */
export const NONE_HIDDEN = { measurements: 0, keyImages: 0, lastId: 0 }

export function exampleKeyImage(id: number, caption: string): KeyImage {
  const turn = { quarters: 0, mirrored: true } as const
  return {
    ...{ id, title: 'Film', caption, width: 2, height: 2, shownAs: 'C 2048 · W 4096 · 100 % · flipped' },
    picture: new Uint8Array(Buffer.from(JPEG, 'base64')),
    view: { pane: 'film', zoom: 1, centre: { x: 4, y: 4 }, turn, invert: false, window: null },
    createdAt: '2026-01-01T00:00:00Z',
  }
}

export function exampleMarks(changes: Partial<CaseMarks> = {}): CaseMarks {
  return caseMarks.parse({
    measurements: [
      {
        id: 1,
        kind: 'length',
        points: [
          { x: 0, y: 0 },
          { x: 3.5, y: 4 },
        ],
      },
      {
        id: 2,
        kind: 'angle',
        points: [
          { x: 0, y: 0 },
          { x: 1, y: 0 },
          { x: 1, y: 1 },
        ],
      },
    ],
    keyImages: [exampleKeyImage(1, 'Blunted angle')],
    ...changes,
  })
}
