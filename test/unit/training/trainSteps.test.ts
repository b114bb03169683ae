import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { trainSteps, type TrainingPlan } from '../../../main/adapters/training/trainSteps'
import { temporaryFolder } from '../../support/temporaryFolder'

type Measured = { readonly step: number }

/** A training that only counts. @param taken whether the step of that number, from 0, is taken */
function counted(plan: { steps: number; checkpointEvery: number }, taken: (step: number) => boolean = () => true) {
  const trainer = { state: { step: 0, skipped: 0 } }
  const told: number[] = []
  const saved: number[] = []
  const out = temporaryFolder()
  const whole: TrainingPlan<string, Measured> = {
    ...plan,
    out,
    take(step) {
      const { skipped } = trainer.state
      trainer.state = { step: step + 1, skipped: skipped + (taken(step) ? 0 : 1) }
      return `report ${step}`
    },
    async told(report, { step }) {
      expect(report).toBe(`report ${step - 1}`)
      told.push(step)
    },
    async save() {
      saved.push(trainer.state.step)
      return { step: trainer.state.step }
    },
  }
  const log = () => readFileSync(join(out, 'log.jsonl'), 'utf8')
  return { trainer, whole, told, saved, log }
}
const going = { signal: new AbortController().signal }

describe('the steps of a training', () => {
  it.each([
    ['on a checkpoint', 6, [3, 6]],
    ['between two', 7, [3, 6, 7]],
  ])('are told one by one and saved on the way and once at the end, %s', async (_, steps, expected) => {
    const { trainer, whole, told, saved, log } = counted({ steps, checkpointEvery: 3 })
    expect(await trainSteps(trainer, whole, going)).toEqual({ step: steps })
    expect(told).toEqual(Array.from({ length: steps }, (_step, i) => i + 1))
    expect(saved).toEqual(expected)
    expect(log()).toBe('{"step":3}\n{"step":6}\n')
  })

  it('go on from where the training stands; one that is at its end is only saved', async () => {
    const { trainer, whole, told, saved } = counted({ steps: 5, checkpointEvery: 10 })
    trainer.state = { step: 3, skipped: 0 }
    await trainSteps(trainer, whole, going)
    await trainSteps(trainer, whole, going)
    expect(told).toEqual([4, 5])
    expect(saved).toEqual([5, 5])
  })

  it('end early where they are stopped, and are saved there', async () => {
    const { trainer, whole, saved } = counted({ steps: 9, checkpointEvery: 10 })
    const stop = new AbortController()
    const told = async () => stop.abort()
    expect(await trainSteps(trainer, { ...whole, told }, { signal: stop.signal })).toEqual({ step: 1 })
    expect(saved).toEqual([1])
  })

  it('end with an error where more than a hundred are skipped, and not in silence', async () => {
    const { trainer, whole, saved } = counted({ steps: 1000, checkpointEvery: 50 }, (step) => step < 20)
    await expect(trainSteps(trainer, whole, going)).rejects.toMatchObject({
      code: 'TRAINING_FAILED',
      message: expect.stringMatching(/unstable: in 101 of 121 steps .*Lower the rate/),
    })
    expect(saved).toEqual([50, 100])
  })

  it('go through a hundred that are skipped', async () => {
    const { trainer, whole } = counted({ steps: 200, checkpointEvery: 500 }, (step) => step >= 100)
    expect(await trainSteps(trainer, whole, going)).toEqual({ step: 200 })
  })
})
