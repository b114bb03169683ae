import { expect, it } from 'vitest'
import { placed } from '../../../main/domain/zones/lungShape'
import { signedArea } from '../../../main/domain/zones/polygon'

it('an area counts positive for points that run clockwise on the screen', () => {
  const square = [
    { x: 1, y: 1 },
    { x: 4, y: 1 },
    { x: 4, y: 3 },
    { x: 1, y: 3 },
  ]
  expect(signedArea(square)).toBe(6)
  expect(signedArea([...square].reverse())).toBe(-6)
})

it('a placed lung runs clockwise on the picture’s right, anticlockwise on its left', () => {
  const pose = { midline: 64, tilt: 0, apex: 20, left: { width: 40, base: 100 }, right: { width: 40, base: 100 } }
  expect(signedArea(placed(pose, 'right'))).toBeGreaterThan(500)
  expect(signedArea(placed(pose, 'left'))).toBeLessThan(-500)
})
