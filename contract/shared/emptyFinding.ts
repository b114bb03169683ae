import type { Finding } from '../review'

/** Nothing answered yet. */
export const EMPTY_FINDING: Finding = { effusion: null, size: null, agrees: null, reasons: [], text: '' }
