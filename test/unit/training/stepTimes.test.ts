import { expect, it } from 'vitest'
import { StepTimes } from '../../../main/engine/stepTimes'

it('knows nothing before three steps were timed', () => {
  const times = new StepTimes(100)
  expect([1, 2, 3].map((done) => times.left(done, done))).toEqual([null, null, null])
  expect(times.left(4, 4)).toBe(96)
})

it('is not misled by the steps that made graphs', () => {
  const times = new StepTimes(120)
  const seconds = [5, 8, 8.1, 8.2, 8.3]
  const left = seconds.map((at, index) => times.left(index + 1, at)).at(-1)
  expect(left).toBeCloseTo(11.5)
})

it('leaves out the first step, which may have made a graph', () => {
  const times = new StepTimes(10)
  const left = [30, 30.5, 31, 31.5].map((seconds, index) => times.left(index + 1, seconds))
  expect(left).toEqual([null, null, null, 3])
  expect(times.perStep).toBe(0.5)
})

it('counts what goes on from an earlier run from there', () => {
  const times = new StepTimes(100)
  expect(times.perStep).toBeNull()
  const left = [61, 62, 63, 64].map((done) => times.left(done, 2 * (done - 60)))
  expect(left.at(-1)).toBe(72)
})

it('counts steps that were done together one by one', () => {
  const times = new StepTimes(30)
  const left = [3, 6, 9, 12].map((done) => times.left(done, done / 2)).at(-1)
  expect(left).toBe(9)
})

it('follows a machine that turns busy', () => {
  const times = new StepTimes(1000)
  for (let step = 1; step <= 100; step++) times.left(step, step)
  let seconds = 100
  let left: number | null = null
  for (let step = 101; step <= 120; step++) left = times.left(step, (seconds += 3))
  expect(left).toBe(880 * 3)
})

it('says nothing is left once all is done', () => {
  const times = new StepTimes(4)
  expect([1, 2, 3, 4, 5].map((done) => times.left(done, done)).slice(3)).toEqual([0, 0])
})
