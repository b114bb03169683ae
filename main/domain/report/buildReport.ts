import { averagedMap, bitScale, contrastWindow, isCaution, removedMap, RESEARCH_USE_ONLY } from '../../../contract'
import type { CaseReport, CaseReportInput, Fact } from './caseReport'
import { certificateText, rivalLines, rivalsNote } from './certificateText'
import { detailByWidth, detailMap } from './detailLeft'
import { comparison, verdict } from './findings'
import { identityFacts, pseudonym, withoutIdentity } from './identification'
import { keyPictures } from './keyPictures'
import { oneLine, paragraphs } from './notes'
import { timeText } from '../numbers'
import { CHEST_DOUBTS } from '../zones'
import { reportedFinding } from './reportedFinding'
import { provenance } from './provenance'
import { curve, strip } from './way'
import { zoneLines } from './zoneLines'
import { howToRead, limits } from './words'

/**
 * Words the whole report of one audited film. Under a pseudonym (the default of the product) nothing of the file's
 * header and not its name goes in; the reader's own notes are printed as they are.
 */
export function buildCaseReport(input: CaseReportInput): CaseReport {
  const { record } = input
  const code = pseudonym(input.header.sha256)
  const warnings = warningsOf(input)
  const shown = pictures(input)
  return {
    title: `SimpleBits case report ${code}`,
    researchUseOnly: RESEARCH_USE_ONLY,
    pseudonym: code,
    patientData: input.identification === 'full' ? 'Contains patient data' : null,
    createdAt: input.createdAt,
    productVersion: input.productVersion,
    verdict: { ...verdict(record, warnings.audit), cautions: warnings.cautions },
    identification: identification(input, code),
    pictures: shown,
    ...comparison(record, input.reportLabel),
    certificate: certificateText(record),
    zones: zoneLines(record, input.header),
    detailByWidth: detailByWidth(input),
    rivals: rivalLines(record),
    rivalsNote: rivalsNote(record),
    curve: curve(record),
    strip: strip(record, input.frames),
    findings: input.findings.map((finding) => reportedFinding(finding, record)),
    notes: paragraphs(input.notes),
    keyImages: keyPictures(input.keyImages ?? []),
    warnings: warnings.film,
    howToRead: howToRead(record, shown),
    limits: limits(record, { label: input.reportLabel, ...shown }),
    provenance: provenance(record),
  }
}

function identification(input: CaseReportInput, code: string): Fact[] {
  const { header, record, identification: choice } = input
  const reader = oneLine(input.reader)
  return [
    { label: 'Case', value: code },
    ...identityFacts(header, record.input.file, choice).map(({ label, value }) => ({ label, value: oneLine(value) })),
    { label: 'Report label', value: input.reportLabel ?? 'not known' },
    { label: 'Reader', value: reader === '' ? 'not named' : reader },
    { label: 'Report made, UTC', value: timeText(input.createdAt) },
    { label: 'Audited, UTC', value: timeText(record.createdAt) },
  ]
}

function pictures(input: CaseReportInput): CaseReport['pictures'] {
  const { originalMap, simplifiedMap, record } = input
  // On paper nobody asks for single pixels.
  const original = averagedMap(originalMap)
  const kept = averagedMap(simplifiedMap)
  return {
    film: input.film,
    filmWindow: `As first displayed: ${input.header.voi.length > 0 ? 'in the file’s first window' : '1–99 % of its grey values'}.`,
    pixelAspect: input.header.pixelAspect,
    box: record.input.modelInput.box,
    simplified: input.simplifiedPicture,
    simplifiedWindow: contrastWindow(input.simplifiedPicture),
    originalMap: original,
    keptMap: kept,
    removedMap: removedMap(original, kept),
    scale: bitScale(original),
    detail: detailMap(input),
  }
}

/**
 * What belongs to the verdict – that the classifier was not made for such a picture, and what the audit warns of – and the file's other
 * notes. Under a pseudonym nothing that quotes the header.
 */
function warningsOf({ record, header, identification: choice }: CaseReportInput) {
  const told = (texts: readonly string[]) => {
    const lines = texts.map(oneLine)
    const subject = { header, file: record.input.file }
    return [...new Set(choice === 'full' ? lines : lines.map((text) => withoutIdentity(text, subject)))]
  }
  const messages = (wanted: boolean) => header.warnings.flatMap((one) => (isCaution(one) === wanted ? one.message : []))
  const notes = messages(false)
  const cautions = told([...messages(true), ...record.warnings.filter((text) => CHEST_DOUBTS.includes(text))])
  const audit = told(record.warnings.filter((text) => !notes.includes(text)))
  return { cautions, audit: audit.filter((text) => !cautions.includes(text)), film: told(notes) }
}
