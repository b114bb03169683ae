import { describe, expect, it } from 'vitest'
import { modelName, ownNote, zoneReport } from '../../../contract'
import { buildCaseReport } from '../../../main/domain/report'
import { zoneLines } from '../../../main/domain/report/zoneLines'
import { exampleAlarm, exampleRest } from '../../support/exampleAlarm'
import { exampleHeader, exampleRecord, exampleReportInput, lostRecord } from '../../support/exampleReport'

describe('verdict', () => {
  it('says what was kept and at which price', () => {
    const { verdict } = buildCaseReport(exampleReportInput())
    expect(verdict.kind).toBe('retained')
    expect(verdict.sentences[0]).toContain(
      'holds 45 % of the film’s bits (11 % of its information above a flat picture)',
    )
  })

  it('calls a lost decision a failed audit', () => {
    const { verdict, comparison } = buildCaseReport(exampleReportInput({ record: lostRecord() }))
    expect(verdict.kind).toBe('lost')
    expect(verdict.headline).toBe('Decision not kept: this audit failed')
    expect(verdict.sentences.join(' ')).toMatch(
      /^The classifier effusion-128 calls the film “effusion” \(probability of effusion 0\.781, threshold 0\.500\) but the simplified picture “no effusion” \(0\.\d{3}\)\./,
    )
    expect(comparison[0]).toEqual({ label: 'Decision', film: 'effusion', simplified: 'no effusion', alert: true })
  })

  it('is lost too where only the certificate fails', () => {
    const { certificate } = exampleRecord()
    const record = exampleRecord({ certificate: { ...certificate, decisionKept: false, draws: { kept: 5, of: 8 } } })
    const { verdict, rivals } = buildCaseReport(exampleReportInput({ record }))
    expect(verdict.kind).toBe('lost')
    expect(verdict.sentences[0]).toContain('only 5 of 8 noise draws')
    expect(rivals[0]?.kept).toBe(false)
  })

  it('does not blame the certificate’s draws where all of them keep a decision that the search lost', () => {
    const { verdict, certificate } = buildCaseReport(
      exampleReportInput({ record: exampleRecord({ decisionKept: false }) }),
    )
    expect(verdict.kind).toBe('lost')
    expect(verdict.sentences[0]).toContain('did not hold under every noise of the search')
    expect(verdict.sentences[0]).not.toContain('8 of 8')
    expect(certificate.sentences[0]).toContain('not under every noise of the search')
  })

  it('says first of which part it is where the audit was restricted to one', () => {
    const restriction = {
      ...{ mode: 'keep' as const, brushed: false, pixels: 4000 },
      zones: ['lung-picture-left' as const, 'mediastinum' as const],
    }
    const { verdict, howToRead } = buildCaseReport(exampleReportInput({ record: exampleRecord({ restriction }) }))
    expect(verdict).toMatchObject({ kind: 'retained', headline: 'Decision kept (audit of one part only)' })
    expect(verdict.sentences[0]).toBe(
      'This audit is of one part of the film only (lung, picture left and mediastinum: kept as on the film, all else simplified).',
    )
    expect(verdict.sentences[1]).toContain('of the film’s bits')
    expect(howToRead[0]).toContain('was not tested')
  })

  it('does not praise a picture that the classifier uses differently', () => {
    const { settings } = exampleRecord()
    const verdictWith = (limits: Record<string, number>) =>
      buildCaseReport(exampleReportInput({ record: exampleRecord({ settings: { ...settings, ...limits } }) })).verdict
    expect(verdictWith({ limitProbability: 0.1, limitDistance: 0.15 }).kind).toBe('retained')
    expect(verdictWith({ limitProbability: 0.1, limitDistance: 0.01 }).kind).toBe('decision')
    expect(verdictWith({ limitProbability: 0.01, limitDistance: 0.15 }).headline).toContain('not in the same way')
  })

  it('says what the audit warns of, once, and apart from what the file warns of', () => {
    const record = exampleRecord({
      stopped: 'cancelled',
      warnings: ['The audit was stopped early.', 'Compressed with loss.'],
    })
    const header = exampleHeader({
      warnings: [{ code: 'LOSSY', message: 'Compressed with loss.', mustConfirm: false }],
    })
    const { verdict, warnings } = buildCaseReport(exampleReportInput({ record, header }))
    expect(verdict.sentences).toHaveLength(2)
    expect(verdict.sentences[1]).toBe('The audit was stopped early.')
    expect(warnings).toEqual(['Compressed with loss.'])
  })
})

describe('a classifier whose threshold is not a half', () => {
  /** Film and simplified picture on one side of the threshold, on the other of a half. */
  const at = (threshold: number, film: number, simplified: number) => {
    const record = exampleRecord()
    const read = (of: number) => ({ probability: of, logit: Math.log(of / (1 - of)) })
    const changed = exampleRecord({
      threshold,
      original: { ...record.original, ...read(film) },
      simplified: { ...record.simplified, ...read(simplified) },
    })
    return buildCaseReport(exampleReportInput({ record: changed }))
  }

  it.each([
    { threshold: 0.292, film: 0.424, simplified: 0.292, says: 'effusion', disagrees: true },
    { threshold: 0.7, film: 0.65, simplified: 0.699, says: 'no effusion', disagrees: false },
  ])('of $threshold calls $film “$says”', ({ threshold, film, simplified, says, disagrees }) => {
    const report = at(threshold, film, simplified)
    expect(report.comparison[0]).toEqual({ label: 'Decision', film: says, simplified: says, alert: false })
    const percent = (100 * threshold).toFixed(1)
    expect(report.comparisonNote).toContain(`from a probability of ${percent} % (${threshold.toFixed(3)}).`)
    expect(report.labelNote.disagrees).toBe(disagrees)
    expect(report.verdict.sentences[0]).toContain(
      `calls film and simplified picture “${says}” (probability of effusion ${film.toFixed(3)} and ${simplified.toFixed(3)}, threshold ${threshold.toFixed(3)}).`,
    )
    expect(report.rivals[0]).toMatchObject({ name: 'This audit', decision: says })
    expect(report.curve.threshold).toBe(threshold)
  })

  it('is told in as many digits as show on which side of it a film lies', () => {
    const { comparison, comparisonNote } = at(0.2921, 0.2919, 0.292)
    const line = comparison.find(({ label }) => label === 'Probability of effusion')
    expect(line).toMatchObject({ film: '0.2919', simplified: '0.2920' })
    expect(comparisonNote).toContain('from a probability of 29.21 % (0.2921).')
  })

  it('judges what a second classifier says by the second one’s', () => {
    const { model } = exampleRecord()
    const of = (probability: number) => ({ probability, decision: probability >= 0.253 })
    const fresh = { model, threshold: 0.253, film: of(0.3), simplified: of(0.26) }
    const { certificate } = buildCaseReport(exampleReportInput({ record: exampleRecord({ tests: { fresh } }) }))
    expect(certificate.sentences.join(' ')).toContain(
      'says “effusion” (0.300) of the film and “effusion” (0.260) of the simplified picture: the same decision',
    )
    const none = { ...fresh, film: of(0.12), simplified: of(0.12) }
    const said = buildCaseReport(exampleReportInput({ record: exampleRecord({ tests: { fresh: none } }) })).certificate
    expect(said.sentences.join(' ')).toContain('says “no effusion” (effusion 0.120) of the film')
  })
})

describe('what stands beside the figures', () => {
  const texts = (changes: Parameters<typeof exampleReportInput>[0]) => {
    const { howToRead, limits } = buildCaseReport(exampleReportInput(changes))
    return { first: howToRead[0], limits: limits.join(' ') }
  }

  it('does not contradict the verdict', () => {
    expect(texts({}).first).toContain('still processes like the film')
    const { settings } = exampleRecord()
    const differs = texts({ record: exampleRecord({ settings: { ...settings, limitDistance: 0.01 } }) }).first
    expect(differs).toContain('does not process it like the film')
    const lost = texts({ record: lostRecord() }).first
    expect(lost).toContain('was not kept')
    for (const text of [differs, lost]) expect(text).not.toMatch(/simplest|still processes/)
    expect(lost).not.toContain('not needed')
  })

  it('names what a classifier of the user’s own sees', () => {
    expect(texts({}).limits).toContain('The classifier sees 128 × 128 pixels. Fine detail')
    const input = { height: 192, width: 224, channels: 1, layout: 'NHWC', range: [0, 1] } as const
    const own = ownNote.parse({
      format: 'tfjs-layers',
      input,
      resampling: 'Enlarged.',
      source: 's',
      licence: 'l',
      layers: 3,
    })
    const { model } = exampleRecord()
    const named = exampleReportInput({
      record: exampleRecord({ own, model: { ...model, name: modelName.parse('my-net') } }),
    })
    expect(buildCaseReport(named).verdict.sentences[0]).toMatch(/^The user’s own classifier my-net calls film/)
    expect(texts({ record: exampleRecord({ own }) }).limits).toContain(
      'The classifier sees 224 × 192 pixels, resampled from 128 × 128 pixels.',
    )
  })

  it('says of a label only what is true of any, and nothing where there is none', () => {
    expect(texts({}).limits).toContain('A report label is no proof and may be wrong.')
    expect(texts({ reportLabel: null }).limits).not.toContain('label')
  })

  it('says what the certificate’s measures are, and which of the distances was matched', () => {
    const said = (changes: Parameters<typeof exampleRecord>[0]) =>
      buildCaseReport(exampleReportInput({ record: exampleRecord(changes) })).howToRead.join(' ')
    const { certificate } = exampleRecord()
    expect(said({})).toContain('KL divergence: how far the probabilities')
    expect(said({})).toContain('here the activation distance')
    expect(said({})).not.toContain('Gradient distance')
    const gradientDistance = certificate.activationDistance
    const gradients = said({ objective: 'gradient', certificate: { ...certificate, gradientDistance } })
    expect(gradients).toContain('Gradient distance')
    expect(gradients).toContain('here the gradient distance')
  })

  it('sets the figure of the shortcut alarm beside its threshold, rung or not', () => {
    const outline = {
      points: Array.from({ length: 6 }, () => ({ x: 1, y: 1 })),
      confidence: 1,
      baseExtrapolated: false,
    }
    const text = (raised: boolean) =>
      zoneLines(
        exampleRecord({
          zones: zoneReport.parse({
            ...{
              bits: [],
              alarm: raised ? exampleAlarm() : exampleRest({ peak: 0.298 }),
            },
            zones: {
              version: 'zones/1',
              source: 'automatic',
              sure: true,
              reasons: [],
              pictureLeft: outline,
              pictureRight: outline,
            },
          }),
        }),
        { orientation: null },
      )?.alarm.text
    expect(text(false)).toContain(
      'did not ring: at places without anatomy at most 29.8\u00a0% of the film’s fine structure',
    )
    expect(text(false)).toContain('alarm at 30.0\u00a0%')
    expect(text(true)).toContain('at a place without anatomy (border')
    expect(text(true)).toContain('alarm at 30\u00a0%')
  })
})
