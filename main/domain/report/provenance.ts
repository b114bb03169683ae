import type { AuditRecord } from '../../../contract'
import type { CaseReport, Fact } from './caseReport'
import { decimalText, timeText } from '../numbers'

/** What made this result, so that it can be made again: models, settings, seed, versions. */
export function provenance(record: AuditRecord): CaseReport['provenance'] {
  const { modelInput } = record.input
  const facts: Fact[] = [
    { label: 'Audited, UTC', value: timeText(record.createdAt) },
    { label: 'Took', value: `${decimalText(record.seconds, 1)} s` },
    {
      label: 'First usable picture',
      value: record.firstUsableSeconds === null ? 'none' : `${decimalText(record.firstUsableSeconds, 1)} s`,
    },
    { label: 'Matching', value: record.objective === 'activation' ? 'activation match' : 'gradient match' },
    { label: 'Preset', value: record.preset },
    { label: 'Seed', value: String(record.seed) },
    { label: 'Backend', value: record.backend },
    { label: 'Pressure on bits', value: decimalText(record.simplified.pressure, 2) },
    { label: 'Chosen step', value: String(record.simplified.step) },
    { label: 'Model input', value: modelInput.version },
    { label: 'Record', value: record.schema },
    ...ownFacts(record),
    ...Object.entries(record.versions).map(([label, value]) => ({ label, value })),
  ]
  return {
    models: [
      { label: record.model.name, value: record.model.sha256 },
      { label: record.flow.name, value: record.flow.sha256 },
      { label: 'input file', value: record.input.sha256 },
    ],
    facts,
    settings: Object.entries(record.settings).map(([label, value]) => ({ label, value: settingText(value) })),
  }
}

/** What a reader of the report must know of a classifier that does not come with the product. */
function ownFacts({ own, model }: AuditRecord): Fact[] {
  if (!own) return []
  const { width, height } = own.input
  return [
    {
      label: 'Classifier',
      value: `${model.name}, the user’s own; it sees ${width} × ${height}, resampled from the picture shown`,
    },
    { label: 'Its source', value: own.source },
    { label: 'Its licence', value: own.licence },
    { label: 'Compared at', value: `${own.layers} layers; no gradient distance can be had` },
  ]
}

function settingText(value: AuditRecord['settings'][string]): string {
  return Array.isArray(value) ? value.join(', ') : String(value)
}
