import type {
  BitScale,
  AuditFrames,
  AuditRecord,
  contrastWindow,
  FilmHeader,
  Identification,
  KeyImage,
  ReportLabel,
  RetentionKind,
  StoredFinding,
} from '../../../contract'
import type { GreyPicture } from '../greyPicture'

/** Everything a report is made of, as the product has it. */
export interface CaseReportInput {
  readonly record: AuditRecord
  readonly header: FilmHeader
  /** The film as displayed: its VOI preset applied, bone bright. */
  readonly film: GreyPicture
  /** Bits per pixel [128 · 128]. */
  readonly originalMap: Float32Array
  readonly simplifiedMap: Float32Array
  /** Levels [128 · 128]. */
  readonly simplifiedPicture: Uint8Array
  readonly frames: AuditFrames
  readonly reportLabel: ReportLabel | null
  /** Free text of the case from before findings had a text of their own; printed as it is. */
  readonly notes: string
  /** What the reader who makes the report may see of the findings: one version a reader. */
  readonly findings: readonly StoredFinding[]
  /** Views that the reader kept; none where absent. */
  readonly keyImages?: readonly KeyImage[]
  readonly reader: string
  readonly identification: Identification
  /** ISO time of the export. */
  readonly createdAt: string
  readonly productVersion: string
}

export interface Fact {
  readonly label: string
  readonly value: string
}

/** A number over noise draws or seeds: mean ± standard deviation, lowest to highest. */
export interface SpreadFact {
  readonly label: string
  readonly meanAndSd: string
  readonly range: string
}

/** One line of the table film | simplified. `alert`: the reader must not miss it. */
export interface Comparison {
  readonly label: string
  readonly film: string
  readonly simplified: string
  readonly alert: boolean
}

export interface RivalLine {
  readonly name: string
  readonly bitsLeft: string
  readonly aboveFlat: string
  readonly decision: string
  readonly probability: string
  readonly kl: string
  readonly matchingDistance: string
  /** Its matching distance divided by the audit's. */
  readonly ratio: string
  readonly kept: boolean
}

/** A stop of the way for the curve: share of the film's bits, probability of the finding. */
export interface CurvePoint {
  readonly bitsLeft: number
  readonly probability: number
  readonly kept: boolean
}

export interface StripPicture {
  readonly picture: Uint8Array
  readonly bitsLeft: string
  readonly probability: string
  readonly kept: boolean
  readonly chosen: boolean
}

/** One scale of the film's detail. */
interface DetailLine {
  /** How wide its structures are. */
  readonly width: string
  /** What is left of it, 0 … 1, and in words. */
  readonly share: number
  readonly left: string
}

/** What one reader says of the film. */
export interface ReportedFinding {
  readonly reader: string
  /** When it was given; says so where it is still a draft. */
  readonly time: string
  readonly facts: readonly Fact[]
  readonly text: readonly string[]
}

/** A view that the reader kept, for the page of key images. */
export interface KeyPicture {
  /** JPEG. */
  readonly picture: Uint8Array
  readonly title: string
  readonly caption: string
  readonly shownAs: string
}

/** `retained`: decision and processing kept; `decision`: the decision alone; `lost`: not even that, the audit failed. */
export interface Verdict {
  readonly kind: RetentionKind
  readonly headline: string
  /** What file or picture say against this film being one for the classifier at all; to be read first. */
  readonly cautions: readonly string[]
  readonly sentences: readonly string[]
}

interface ZoneLine {
  readonly name: string
  readonly bits: string
  /** Share of the bits above flat, of what is left and of the film. */
  readonly share: string
  readonly filmShare: string
  /** Share of the film's detail that is left; absent in audits of earlier versions. */
  readonly detail?: string
  readonly area: string
}

/** A finished report: every sentence and number in its final wording, pictures as pixels. The writer only sets it in type. */
export interface CaseReport {
  readonly title: string
  readonly researchUseOnly: string
  readonly pseudonym: string
  /** What head and foot say of it where patient and study are named; null under a pseudonym. */
  readonly patientData: string | null
  readonly createdAt: string
  readonly productVersion: string
  readonly verdict: Verdict
  readonly identification: readonly Fact[]
  readonly pictures: {
    readonly film: GreyPicture
    /** In which greys it is shown. */
    readonly filmWindow: string
    /** Height of a film pixel divided by its width. */
    readonly pixelAspect: number
    /** Where the film lies in the model's square, in model pixels. */
    readonly box: AuditRecord['input']['modelInput']['box']
    readonly simplified: Uint8Array
    /** What spreads the simplified picture's few greys over the paper's. */
    readonly simplifiedWindow: ReturnType<typeof contrastWindow>
    readonly originalMap: Float32Array
    readonly keptMap: Float32Array
    readonly removedMap: Float32Array
    readonly scale: BitScale
    /** Detail left, per cent [128 · 128], and the ends of its colours; null in audits of earlier versions. */
    readonly detail: { readonly map: Float32Array; readonly scale: BitScale } | null
  }
  readonly comparison: readonly Comparison[]
  readonly comparisonNote: string
  /** What the report label says of the decision on the film. */
  readonly labelNote: { readonly text: string; readonly disagrees: boolean }
  readonly certificate: {
    readonly sentences: readonly string[]
    readonly facts: readonly SpreadFact[]
    /** Over what its numbers vary. */
    readonly spreadNote: string
    /** How its distances are to be read. */
    readonly distanceNote: string
    readonly layers: readonly { readonly name: string; readonly distance: number }[]
    /** What its bars are of. */
    readonly layersNote: string
  }
  readonly zones: {
    /** None in records made before there were zones. */
    readonly rows: readonly ZoneLine[]
    /** Whether it rang, or why that was not judged. */
    readonly alarm: { readonly raised: boolean; readonly text: string }
    readonly notes: readonly string[]
  }
  /** Detail left, the finest scale first; null in audits of earlier versions. */
  readonly detailByWidth: { readonly unit: string; readonly rows: readonly DetailLine[] } | null
  readonly rivals: readonly RivalLine[]
  /** How their figures and colours are to be read. */
  readonly rivalsNote: string
  readonly curve: {
    readonly points: readonly CurvePoint[]
    readonly film: CurvePoint
    readonly chosen: CurvePoint
    readonly threshold: number
    /** Share of the film's bits that a flat picture costs. */
    readonly flat: number
  }
  readonly strip: readonly StripPicture[]
  readonly findings: readonly ReportedFinding[]
  /** Paragraphs; empty where the reader wrote nothing. */
  readonly notes: readonly string[]
  readonly keyImages: readonly KeyPicture[]
  /** Of the film's file. */
  readonly warnings: readonly string[]
  readonly howToRead: readonly string[]
  readonly limits: readonly string[]
  readonly provenance: {
    readonly models: readonly Fact[]
    readonly facts: readonly Fact[]
    readonly settings: readonly Fact[]
  }
}
