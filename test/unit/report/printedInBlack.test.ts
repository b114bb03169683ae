import { describe, expect, it } from 'vitest'
import { ownNote, type AuditRecord } from '../../../contract'
import { layerBars } from '../../../main/adapters/report/layerBars'
import { rivalsSection, waySection } from '../../../main/adapters/report/laterPages'
import { datedFoot, namedHead, pageSettings } from '../../../main/adapters/report/page'
import { buildCaseReport } from '../../../main/domain/report'
import { exampleRecord, exampleReportInput } from '../../support/exampleReport'

const report = buildCaseReport(exampleReportInput())

describe('what is red is told without colour too', () => {
  it('a rival that lost the decision', () => {
    const rivals = JSON.stringify(rivalsSection(report))
    expect(rivals.match(/effusion \*/g)).toHaveLength(1)
    expect(rivals).toContain('Decision in red and with *')
  })

  it('a picture of the way on which it was lost', () => {
    const lost = report.strip.filter(({ kept }) => !kept)
    expect(lost.length).toBeGreaterThan(0)
    const way = JSON.stringify(waySection(report))
    for (const { bitsLeft, probability } of lost) expect(way).toContain(`${bitsLeft} · ${probability} *`)
    expect(way).toContain('In red and with *: the decision was not kept.')
  })
})

it('a stopped audit, whose rivals were not measured, has no table of them', () => {
  const stopped = buildCaseReport(exampleReportInput({ record: exampleRecord({ rivals: [] }) }))
  expect(rivalsSection(stopped)).toEqual([])
})

describe('distances by layer', () => {
  const layersOf = (names: readonly string[], changes: Partial<AuditRecord> = {}) => {
    const { certificate } = exampleRecord()
    const layers = names.map((name, i) => ({ name, activationDistance: i, gradientDistance: null }))
    const record = exampleRecord({ certificate: { ...certificate, layers }, ...changes })
    return buildCaseReport(exampleReportInput({ record })).certificate
  }

  it('of a deep network without blocks stand some layers at a time, each once', () => {
    const { layers } = layersOf(Array.from({ length: 34 }, (_, i) => `model/conv2d_${i}/Conv2D`))
    expect(layers).toHaveLength(12)
    expect(layers[0]).toEqual({ name: 'layers 1–3', distance: 1 })
    expect(layers.at(-1)).toEqual({ name: 'layer 34', distance: 33 })
  })

  it('of one with blocks stand by block, and the report says what the names are', () => {
    const { layers, layersNote } = layersOf(
      Array.from({ length: 16 }, (_, i) => `block${Math.floor(i / 2)}.conv${i % 2}`),
    )
    expect(layers.map(({ name }) => name)).toEqual(Array.from({ length: 8 }, (_, i) => `block${i}`))
    expect(layersNote).toContain('a block is a few layers')
  })

  it('of the product’s classifiers are told in words, of a reader’s own by its own names', () => {
    const names = [
      'stem.conv1',
      'stem.conv2',
      ...Array.from({ length: 11 }, (_, i) => `stage2.block1.conv${i}`),
      'head',
    ]
    expect(layersOf(names).layers.map(({ name }) => name)).toEqual(['first layers', 'stage 3, block 2', 'last layer'])
    const own = ownNote.parse({
      ...{ format: 'tfjs-layers', resampling: 'Enlarged.', source: 's', licence: 'l', layers: 14 },
      input: { height: 224, width: 224, channels: 1, layout: 'NHWC', range: [0, 1] },
    })
    const { layers, layersNote } = layersOf(names, { own })
    expect(layers.map(({ name }) => name)).toEqual(['stem', 'stage2.block1', 'head'])
    expect(layersNote).toContain('Parts of the classifier’s network by its own names')
  })

  it('long names end before the bars begin', () => {
    const bars = layerBars([{ name: 'a-very-long-model/blocks_1/conv2d_3', distance: 0.5 }], 200)
    expect(bars).toContain('>…model/blocks_1/conv2d_3<')
  })
})

/** Every part of a page's head or foot, as pdfmake counts what follows on a page. */
function partsOf(content: unknown): { readonly headlineLevel?: number }[] {
  if (typeof content !== 'object' || content === null) return []
  const { stack = [], columns = [] } = content as { readonly stack?: unknown[]; readonly columns?: unknown[] }
  return [content, ...[...stack, ...columns].flatMap(partsOf)]
}

it('a heading is alone at a page’s end where only other headings, head and foot follow', () => {
  const page = { ...report, title: 'A report' }
  const { pageBreakBefore } = pageSettings(page)
  const running = [...partsOf(namedHead(page, { name: 'A case' })), ...partsOf(datedFoot(page)(1, 2))]
  expect(running.length).toBeGreaterThan(8)
  const heading = { headlineLevel: 1 }
  const breaks = (following: readonly object[]) => {
    const nodes = { getFollowingNodesOnPage: () => following } as Parameters<typeof pageBreakBefore>[1]
    return pageBreakBefore(heading as Parameters<typeof pageBreakBefore>[0], nodes)
  }
  expect(breaks(running)).toBe(true)
  expect(breaks([heading, ...running])).toBe(true)
  expect(breaks([{}, ...running])).toBe(false)
})
