import type {
  AuditFrames,
  AuditRecord,
  CaseId,
  CaseIdentity,
  CaseMarks,
  CaseSummary,
  Counterfactual,
  Explanation,
  PatientKey,
  ReportLabel,
  Settings,
  Sha256,
  StoredFinding,
  WireError,
  Zones,
} from '../../contract'
import type { FilmPlace } from './filmSource'

/** A classifier's word on a film. */
interface StoredDecision {
  readonly probability: number
  readonly present: boolean
  /** Which weights spoke. */
  readonly model: Sha256
  /** By which calibration and threshold (`DecidingClassifier`); null in decisions of before it was kept. */
  readonly rule: Sha256 | null
}

/** What is kept of a case in the worklist; its audit and notes are kept apart. */
export interface StoredCase {
  readonly id: CaseId
  /** Where the film was when it came in, or where the user has found it since. */
  readonly file: string
  /** Name of its enciphered copy in the store; null where the film is read from `file`. */
  readonly copy: string | null
  readonly sha256: Sha256
  readonly bundled: boolean
  readonly addedAt: string
  readonly title: string
  readonly patientLine: string
  readonly identity: CaseIdentity
  readonly reportLabel: ReportLabel | null
  /** Null until the classifier was asked. */
  readonly decision: StoredDecision | null
  readonly thumbnail: string
  readonly warnings: CaseSummary['warnings']
  /** Why the last audit failed; null where it did not. */
  readonly error: WireError | null
}

/** A film that is kept and cannot be read: damaged, or of another version of the program. */
export interface LeftOutFilm {
  readonly id: string
  readonly sha256: string
}

/** What is kept of a case and may turn out unreadable. */
export type UnreadPart = 'audit' | 'findings' | 'zones' | 'marks'

/** What the worklist says of a case beside the case itself. */
interface CaseOverview {
  readonly record: AuditRecord | null
  readonly findings: readonly StoredFinding[]
  /** Whether audits or findings are kept that cannot be read. */
  readonly unread: readonly UnreadPart[]
}

/** One finished (or cancelled) audit with all its pictures. */
export interface StoredAudit {
  readonly record: AuditRecord
  readonly frames: AuditFrames
  /** Bits per pixel [128 · 128]. */
  readonly originalMap: Float32Array
  readonly simplifiedMap: Float32Array
  /** Of the flat picture that bits above flat count from; absent in audits of earlier versions. */
  readonly flatMap?: Float32Array
  /** Levels [128 · 128]. */
  readonly simplifiedPicture: Uint8Array
  /** Share of the film's fine detail that is left in it, 255 all of it [128 · 128]; absent in audits of earlier versions. */
  readonly fineDetail?: Uint8Array
}

/** What was computed beside a film or its audit; null where it was not. */
export interface KnownExplanation {
  readonly explanation: Explanation | null
  readonly counterfactual: Counterfactual | null
}

/** A report that left the store. */
export interface ExportedReport {
  readonly path: string
  readonly writtenAt: string
  readonly sha256: Sha256
}

/**
 * The user's cases. Every write is whole or not at all, whenever the process ends. What cannot be read is as if it were not there,
 * and is never written over.
 */
export interface CaseStore {
  /** In the order in which they were added. `leaveOut` is told of films that cannot be read. */
  listCases(leaveOut?: (film: LeftOutFilm) => void): Promise<StoredCase[]>
  overview(id: CaseId): Promise<CaseOverview>
  /** Which of outlines and marks are kept and cannot be read. It reads every key image: ask of the case that is looked at. */
  unreadDocuments(id: CaseId): Promise<readonly UnreadPart[]>
  /**
   * All of them or none.
   *
   * @throws SimpleBitsError FILE_UNREADABLE where one of the films is kept and cannot be read
   */
  saveCases(stored: readonly StoredCase[]): Promise<void>
  /** With its audit, notes, findings and copy; the film's own file stays where it is. */
  removeCase(id: CaseId): Promise<void>
  notes(id: CaseId): Promise<string>
  /** Everything that readers wrote down of a case, drafts and earlier versions too, by number. */
  findings(id: CaseId): Promise<StoredFinding[]>
  /**
   * Takes the place of the finding of the same number.
   *
   * @returns it as it is kept: under the next number where that one is of a finding that cannot be read
   */
  saveFinding(id: CaseId, finding: StoredFinding): Promise<StoredFinding>
  /** Measurements and key images of the reader; null where there are none. */
  marks(id: CaseId): Promise<CaseMarks | null>
  saveMarks(id: CaseId, marks: CaseMarks): Promise<void>
  /** The record alone, without the pictures. */
  auditRecord(id: CaseId): Promise<AuditRecord | null>
  audit(id: CaseId): Promise<StoredAudit | null>
  /** Takes the place of the case's earlier audit. */
  saveAudit(id: CaseId, audit: StoredAudit): Promise<void>
  /** Takes the place of the record of the case's audit of the same date; nothing where that is no longer the case's audit. */
  changeRecord(id: CaseId, record: AuditRecord): Promise<void>
  /** @param about names the film, models and audit: what was computed about others is not known */
  explanation(id: CaseId, about: string): Promise<KnownExplanation>
  /** Takes the place of what was known of the same kind, also about others. */
  saveExplanation(id: CaseId, about: string, found: Partial<KnownExplanation>): Promise<void>
  /** Lung outlines as the user corrected them; null: the automatic ones hold. */
  zones(id: CaseId): Promise<Zones | null>
  saveZones(id: CaseId, zones: Zones | null): Promise<void>
  saveReport(id: CaseId, report: ExportedReport): Promise<void>
  /** As far as they were saved: a setting that is newer than the store is not there. */
  settings(): Promise<Partial<Settings> | null>
  saveSettings(settings: Settings): Promise<void>
  /** Which films of the product have ever come in: one that is not there any more was removed. */
  bundledSeen(): Promise<readonly Sha256[]>
  saveBundledSeen(films: readonly Sha256[]): Promise<void>
  /**
   * Stands for a patient within this store, and says nothing outside it. One ID of two issuers are two patients, whose keys share
   * what stands for the ID (`idPart`); `issuer`: null where the file names none.
   */
  patientKey(patientId: string, issuer: string | null): PatientKey
  /** Copies a film's file into the store and answers with the copy's name. @throws FILE_UNREADABLE where it is not this film */
  copyFilm(file: string, sha256: Sha256): Promise<string>
  /** Whether the store's copy of a film can still be read, every bit of it. */
  isCopySound(copy: string): Promise<boolean>
  /** Where the film's bytes are read from. */
  placeOf(stored: Pick<StoredCase, 'file' | 'copy'>): FilmPlace
  close(): Promise<void>
}
