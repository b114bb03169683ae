import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-node-gpu'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { counterfactual, engineMethods, explanation, randomisedCheck } from '../../../contract'
import { explainFilm, findCounterfactual, randomisedAudit } from '../../../main/engine/explain'
import type { CounterfactualEvent } from '../../../main/engine/explain/counterfactual'
import type { ExplainEvent } from '../../../main/engine/explain/outcome'
import { COUNTERFACTUAL, pressingSteps } from '../../../main/engine/explain/pressOn'
import { spearman } from '../../../main/engine/metrics'
import type { Progress } from '../../../main/engine/progress'
import { TINY_SETTINGS, TINY_SIZE, tinyAudit } from '../../support/tinyAudit'

/** A few steps are enough to see that a search ran. */
const SHORT = { ...TINY_SETTINGS, path: { ...TINY_SETTINGS.path, steps: 6, scoreEvery: 3 } }

let tiny: ReturnType<typeof tinyAudit>
beforeAll(() => (tiny = tinyAudit()))
afterAll(() => tiny.dispose())
const request = () => ({
  picture: tiny.picture,
  keptMap: null,
  keptDetail: null,
  seed: 1,
  searches: true,
  settings: SHORT,
})

describe('explaining one film', () => {
  it('streams maps first, then a row a method, and keeps to the contract; leaves no tensors', async () => {
    const before = tf.memory().numTensors
    const events: ExplainEvent[] = []
    const found = await explainFilm(tiny.dependencies, request(), { onEvent: (event) => events.push(event) })
    expect(tf.memory().numTensors).toBe(before)
    expect(explanation.parse(found)).toEqual(found)
    for (const event of events) expect(engineMethods.explain.event.safeParse(event).error).toBeUndefined()
    const kinds = events.filter(({ kind }) => kind !== 'progress').map(({ kind }) => kind)
    expect(kinds).toEqual([...Array<string>(6).fill('map'), ...Array<string>(7).fill('row')])
    expect(found.maps.every(({ map }) => map.length === TINY_SIZE ** 2 && map.every(Number.isFinite))).toBe(true)
    const row = (method: string) => found.rows.find((one) => one.method === method)
    // The film's bit map knows no classifier; the maps of the methods do.
    expect(row('originalBits')?.randomised).toEqual({ spearman: 1, ssim: 1 })
    expect(row('integratedGradients')?.randomised?.spearman).toBeLessThan(0.9)
    expect(row('integratedGradients')?.repeatability).toBeGreaterThan(0.9)
    expect(row('keptBits')?.randomised).not.toBeNull()
    expect(row('keptDetail')?.randomised?.spearman).toBeLessThan(1)
    expect(row('keptDetail')?.repeatability).toBeLessThan(1)
    expect(row('random')).toMatchObject({ randomised: null, repeatability: null })
    const last = events.flatMap((event) => (event.kind === 'progress' ? event.progress : [])).at(-1)
    expect(last?.done).toBe(last?.total)
  })

  it('is the same again from the same seed', async () => {
    const one = await explainFilm(tiny.dependencies, { ...request(), searches: false })
    const two = await explainFilm(tiny.dependencies, { ...request(), searches: false })
    const figures = ({ rows }: typeof one) => rows.map((row) => ({ ...row, seconds: null }))
    expect(figures(one)).toEqual(figures(two))
    for (const method of ['keptBits', 'keptDetail'])
      expect(one.rows.map((row) => String(row.method))).not.toContain(method)
  })

  it('ranks the detail that an audit has left; an audit of an earlier version has no such row', async () => {
    const keptMap = Float32Array.from(tiny.picture)
    const keptDetail = Uint8Array.from(tiny.picture, (_, i) => i % 256)
    for (const detail of [keptDetail, null]) {
      const ends: Progress[] = []
      const found = await explainFilm(
        tiny.dependencies,
        { ...request(), keptMap, keptDetail: detail, searches: false },
        { onEvent: (event) => event.kind === 'progress' && ends.push(event.progress) },
      )
      const methods = found.rows.map(({ method }) => method)
      expect(methods.filter((method) => method.startsWith('kept'))).toEqual(
        detail ? ['keptBits', 'keptDetail'] : ['keptBits'],
      )
      const map = found.maps.find(({ method }) => method === 'keptDetail')?.map
      expect(map && [map[0], map[51], map[255]]).toEqual(detail ? [0, Math.fround(0.2), 1] : undefined)
      const row = found.rows.find(({ method }) => method === 'keptDetail')
      if (detail) expect(row).toMatchObject({ randomised: null, repeatability: null, seconds: null })
      // As many steps as were announced, neither more nor fewer.
      expect(ends).toHaveLength(ends[0]?.total ?? NaN)
    }
  })

  it('keeps what stands when cancelled', async () => {
    const before = tf.memory().numTensors
    const signal = { aborted: false }
    const found = await explainFilm(tiny.dependencies, request(), {
      signal,
      onEvent: (event) => {
        if (event.kind === 'map') signal.aborted = true
      },
    })
    expect(tf.memory().numTensors).toBe(before)
    expect(found.stopped).toBe('cancelled')
    expect(found.maps.map(({ method }) => method)).toEqual(['gradCam'])
    expect(found.rows).toEqual([])
  })
})

describe('pressing on past the audit', () => {
  const start = () =>
    ({ picture: tiny.picture, start: tiny.picture, pressure: 1, objective: 'activation', seed: 1, stages: 2 }) as const

  it('ends at the first picture with the other decision, or says that there was none', async () => {
    const before = tf.memory().numTensors
    const events: CounterfactualEvent[] = []
    const found = await findCounterfactual(tiny.dependencies, start(), { onEvent: (event) => events.push(event) })
    expect(tf.memory().numTensors).toBe(before)
    expect(counterfactual.parse(found)).toEqual(found)
    for (const event of events) expect(engineMethods.counterfactual.event.safeParse(event).error).toBeUndefined()
    const { lastKept, firstFlipped, points } = found
    expect(points.slice(0, -1).every((point) => point.decisionKept)).toBe(true)
    if (firstFlipped) {
      expect(points.at(-1)).toEqual(firstFlipped.point)
      expect(firstFlipped.point.decisionKept).toBe(false)
      expect(lastKept?.point.step).toBe(firstFlipped.point.step - 1)
    } else expect(points).toHaveLength(pressingSteps(2) + 1)
    // Nobody is shown what detail is left past an audit.
    expect(points.every((point) => !('detail' in point))).toBe(true)
    // It starts at the picture it was given.
    expect([...(events.find((event) => event.kind === 'stop')?.picture ?? [])]).toEqual([...tiny.picture])
    expect(Math.min(...points.map((point) => point.bits))).toBeLessThan(points[0]?.bits ?? 0)
    // Without a flip it has gone all the way: to the flat picture.
    const levels = [...(lastKept?.picture ?? [])]
    if (!firstFlipped) expect(Math.max(...levels) - Math.min(...levels)).toBeLessThanOrEqual(1)
    expect(found.faded).toBe(points.length > 2 * COUNTERFACTUAL.stepsPerStage + 1)
  })

  it('shows the two pictures on either side of the flip', async () => {
    const { network } = tiny.dependencies
    const film = tf.div(tf.tensor4d(Float32Array.from(tiny.picture), [1, TINY_SIZE, TINY_SIZE, 1]), 255)
    // "Yes" as long as a picture lies within four grey levels (root mean square) of the film.
    const near = {
      ...network,
      run: (x: tf.Tensor4D, options?: Parameters<typeof network.run>[1]) => {
        const { inputs, logits } = network.run(x, options)
        const away = tf.mean(tf.squaredDifference(x, film), [1, 2, 3])
        const verdict = tf.mul(tf.sub((4 / 255) ** 2, tf.reshape(away, [-1, 1])), 4000)
        return { inputs, logits: tf.add(tf.mul(logits, 1e-3), verdict) as tf.Tensor2D }
      },
    }
    const found = await findCounterfactual(
      { ...tiny.dependencies, network: near },
      { ...start(), pressure: 10, stages: 4 },
    )
    film.dispose()
    expect(found.firstFlipped).not.toBeNull()
    expect(found.lastKept?.point.probability).toBeGreaterThanOrEqual(0.5)
    expect(found.firstFlipped?.point.probability).toBeLessThan(0.5)
    const off = (levels: Uint8Array = new Uint8Array()) =>
      Math.sqrt(levels.reduce((sum, level, i) => sum + (level - (tiny.picture[i] ?? 0)) ** 2, 0) / levels.length)
    expect(off(found.lastKept?.picture)).toBeLessThan(off(found.firstFlipped?.picture))
    expect(off(found.firstFlipped?.picture)).toBeGreaterThan(3.5)
  })

  it('calls a search diverged, not cancelled, as soon as its distance is no number', async () => {
    const { network } = tiny.dependencies
    const film = tf.div(tf.tensor4d(Float32Array.from(tiny.picture), [1, TINY_SIZE, TINY_SIZE, 1]), 255)
    // Bits and logit stay numbers: what enters the layers does not, once a picture is another than the film.
    const brittle: typeof network = {
      ...network,
      run: (x, options) => {
        const { inputs, logits } = network.run(x, options)
        const [away = NaN] = tf.tidy(() => tf.max(tf.abs(tf.sub(x, film))).dataSync())
        return { logits, inputs: away > 1 / 255 ? inputs.map((input) => tf.mul(input, NaN)) : inputs }
      },
    }
    const found = await findCounterfactual({ ...tiny.dependencies, network: brittle }, start())
    film.dispose()
    expect(counterfactual.parse(found)).toEqual(found)
    expect(found.stopped).toBe('diverged')
    expect(found.points.length).toBeGreaterThan(0)
    expect(found.points.every(({ matchingDistance }) => Number.isFinite(matchingDistance))).toBe(true)
  })

  it('ends early when cancelled', async () => {
    const signal = { aborted: false }
    const found = await findCounterfactual(tiny.dependencies, start(), {
      signal,
      onEvent: (event) => {
        if (event.kind === 'stop' && event.point.step === 2) signal.aborted = true
      },
    })
    expect(found.stopped).toBe('cancelled')
    expect(found.points.length).toBeLessThanOrEqual(4)
  })
})

describe('the weight-randomisation check of an audit', () => {
  const question = () => ({ picture: tiny.picture, objective: 'activation', seed: 2, settings: SHORT }) as const

  it('compares a search without learned weights with two of the model’s own', async () => {
    const before = tf.memory().numTensors
    const found = await randomisedAudit(tiny.dependencies, question())
    expect(tf.memory().numTensors).toBe(before)
    expect(randomisedCheck.parse(found?.check)).toEqual(found?.check)
    expect(found?.check.shuffled.pixelCorrelation).toBeLessThan(1)
    expect(found?.check.shuffledDistance).toBeGreaterThan(0)
    expect(found?.check.shuffled.detailCorrelation).toBeLessThan(1)
    expect(found?.check.shuffled.detailCorrelation).toBeCloseTo(
      spearman(found?.own.detail ?? [], found?.shuffled.detail ?? []),
    )
    const again = await randomisedAudit(tiny.dependencies, question())
    expect(again?.check.shuffled.pixelCorrelation).toBeCloseTo(found?.check.shuffled.pixelCorrelation ?? NaN, 3)
  })

  it('gives nothing when cancelled, and leaves no tensors', async () => {
    const before = tf.memory().numTensors
    const signal = { aborted: false }
    const onProgress = () => {
      signal.aborted = true
    }
    expect(await randomisedAudit(tiny.dependencies, question(), { signal, onProgress })).toBeNull()
    expect(tf.memory().numTensors).toBe(before)
  })
})
