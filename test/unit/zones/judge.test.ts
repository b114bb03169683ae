import { expect, it } from 'vitest'
import { SIDE_WORDS } from '../../../contract'
import { judge } from '../../../main/domain/zones/judge'

/** A film that is narrower than high, in the middle of the model's square. */
const box = { x: 24, y: 4, width: 80, height: 120 }
const clear = { confidence: 1, base: 1, step: 1 }
const by = { picture: { pixels: new Uint8Array(128 * 128), box }, seen: { left: clear, right: clear } }

const outline = (at: { x: number; y: number }) => ({
  ...{ confidence: 1, baseExtrapolated: false },
  points: [
    { x: at.x, y: at.y },
    { x: at.x + 24, y: at.y },
    { x: at.x + 24, y: at.y + 80 },
    { x: at.x, y: at.y + 80 },
  ],
})
const [pictureLeft, pictureRight] = [outline({ x: 34, y: 20 }), outline({ x: 70, y: 20 })]

it('nothing speaks against two clear lungs within the film', () => {
  expect(judge({ pictureLeft, pictureRight }, by)).toEqual([])
})

it.each([
  ['left', { x: 25.4, y: 20 }],
  ['top', { x: 34, y: 5.4 }],
  ['right', { x: 78.6, y: 20 }],
  ['bottom', { x: 34, y: 42.6 }],
])('a lung that reaches the film’s %s edge is named, wherever the film lies in the model’s square', (_edge, at) => {
  const said = judge({ pictureLeft: outline(at), pictureRight }, by)
  expect(said).toEqual([`The lung on the ${SIDE_WORDS.left} reaches the edge of the film.`])
  const within = { x: at.x + (at.x < 50 ? 0.2 : -0.2), y: at.y + (at.y < 40 ? 0.2 : -0.2) }
  expect(judge({ pictureLeft: outline(within), pictureRight }, by)).toEqual([])
})
