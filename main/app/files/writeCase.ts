import { basename, join } from 'node:path'
import { bitScale, MODEL_SIZE, RESEARCH_USE_ONLY, type Film, type Sha256 } from '../../../contract'
import { framesOf } from '../../domain/auditRecord'
import { summarise, type AuditSummary, type SummaryRow } from '../../domain/auditSummary'
import { safeName, uniqueName } from '../../domain/caseNames'
import { displayPicture } from '../../domain/displayPicture'
import { buildCaseReport } from '../../domain/report'
import { COLUMN_WORDS, markdownTable, scaleLines, summaryCells } from '../../domain/summaryTable'
import type { CaseFolders, PictureWriter, ReportWriter, ResultFiles } from '../../ports'
import { mapTensors, type auditFilm } from '../auditFilm'

export interface CaseWriting {
  readonly pictures: PictureWriter
  readonly reports: ReportWriter
  readonly results: ResultFiles
  readonly folders: CaseFolders
  readonly productVersion: string
}

/** A case's folder: by the film's name, the next free one where another film has it, in this run or from a former one. */
export async function caseName(
  folders: CaseFolders,
  film: { readonly file: string; readonly sha256: Sha256 },
  { out, taken }: { readonly out: string; readonly taken: Set<string> },
): Promise<string> {
  const wanted = safeName(basename(film.file))
  for (;;) {
    const name = uniqueName(wanted, taken)
    const there = await folders.filmOf(join(out, name))
    if (there === null || there === film.sha256) return name
  }
}

const DETAIL = { title: 'Detail left', unit: 'per cent of the film’s detail' } as const

interface FinishedCase extends Awaited<ReturnType<typeof auditFilm>> {
  readonly film: Film
  readonly label: SummaryRow['label']
}

/** The record last: as long as it is missing, the folder is no case. What does not become one is taken away again. */
export async function writeCase(deps: CaseWriting, folder: string, finished: FinishedCase): Promise<void> {
  const { film, record, result, label } = finished
  const shown = displayPicture(film)
  const simplified = { width: MODEL_SIZE, height: MODEL_SIZE, pixels: result.simplifiedPicture }
  const map = { map: result.simplifiedMap, scale: bitScale(result.originalMap), title: 'Bits kept' }
  const report = buildCaseReport({
    record,
    header: film.header,
    film: shown,
    originalMap: result.originalMap,
    simplifiedMap: result.simplifiedMap,
    simplifiedPicture: result.simplifiedPicture,
    frames: framesOf(result),
    reportLabel: label,
    notes: '',
    findings: [],
    reader: '',
    identification: 'pseudonym',
    createdAt: record.createdAt,
    productVersion: deps.productVersion,
  })
  const { detail } = report.pictures
  await deps.folders.begin(folder)
  try {
    await deps.results.tensors(join(folder, 'maps.safetensors'), mapTensors(result))
    await deps.pictures.writeGrey(shown, join(folder, 'film.png'))
    await deps.pictures.writeGrey(simplified, join(folder, 'simplified.png'))
    await deps.pictures.writeBitMap(map, join(folder, 'bitmap.png'))
    if (detail !== null) await deps.pictures.writeBitMap({ ...detail, ...DETAIL }, join(folder, 'detail.png'))
    await deps.reports.write(report, join(folder, 'report.pdf'))
    await deps.results.text(join(folder, 'audit.json'), `${JSON.stringify(record, null, 2)}\n`)
  } catch (error) {
    await deps.folders.drop(folder)
    throw error
  }
}

const [SUMMARY_DATA, SUMMARY_TABLE] = ['summary.json', 'summary.md']
/** Names beside the cases' folders that no case may have. */
export const SUMMARY_FILES: readonly string[] = [SUMMARY_DATA, SUMMARY_TABLE]

/** summary.json and summary.md beside the cases. */
export async function writeSummary(
  results: ResultFiles,
  out: string,
  rows: readonly SummaryRow[],
): Promise<AuditSummary> {
  const summary = summarise(rows)
  const json = JSON.stringify({ researchUseOnly: RESEARCH_USE_ONLY, ...summary }, null, 2)
  await results.text(join(out, SUMMARY_DATA), `${json}\n`)
  const table = markdownTable(summaryCells(summary))
  const parts = [`**${RESEARCH_USE_ONLY}.**`, table, ...scaleLines(summary), ...COLUMN_WORDS]
  await results.text(join(out, SUMMARY_TABLE), `${parts.join('\n\n')}\n`)
  return summary
}
