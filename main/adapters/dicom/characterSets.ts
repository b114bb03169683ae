/**
 * Character sets of DICOM texts and the switching between them by escape sequences (ISO 2022; PS3.3 C.12.1.1.2, PS3.5 6.1.2).
 * Bytes are decoded by the WHATWG encodings that hold the same signs.
 */
type Decode = (bytes: Uint8Array) => string

const WESTERN = 'windows-1252'
const KATAKANA = 'shift_jis'
const KOREAN = 'euc-kr'
const CHINESE = 'gb18030'

/** Defined terms, without "ISO_IR" or "ISO 2022". */
const TERMS: ReadonlyMap<string, string> = new Map([
  ['IR 13', KATAKANA],
  ['IR 58', CHINESE],
  ['IR 100', WESTERN],
  ['IR 101', 'iso-8859-2'],
  ['IR 109', 'iso-8859-3'],
  ['IR 110', 'iso-8859-4'],
  ['IR 126', 'iso-8859-7'],
  ['IR 127', 'iso-8859-6'],
  ['IR 138', 'iso-8859-8'],
  ['IR 144', 'iso-8859-5'],
  ['IR 148', 'windows-1254'],
  ['IR 149', KOREAN],
  ['IR 166', 'windows-874'],
  ['IR 192', 'utf-8'],
  ['IR 203', 'iso-8859-15'],
  ['GB18030', CHINESE],
  ['GBK', 'gbk'],
])

/** Sets for the upper half of the code table (G1), by the escape sequence behind ESC (PS3.3 tables C.12-3 and C.12-4). */
const UPPER: ReadonlyMap<string, string> = new Map([
  [')I', KATAKANA],
  ['-A', WESTERN],
  ['-B', 'iso-8859-2'],
  ['-C', 'iso-8859-3'],
  ['-D', 'iso-8859-4'],
  ['-F', 'iso-8859-7'],
  ['-G', 'iso-8859-6'],
  ['-H', 'iso-8859-8'],
  ['-L', 'iso-8859-5'],
  ['-M', 'windows-1254'],
  ['-T', 'windows-874'],
  ['-b', 'iso-8859-15'],
  ['$)A', CHINESE],
  ['$)C', KOREAN],
])

const decoderOf = (encoding: string): Decode => {
  const decoder = new TextDecoder(encoding)
  return (bytes) => decoder.decode(bytes)
}

const eucJapanese = decoderOf('euc-jp')
const ascii: Decode = (bytes) => String.fromCharCode(...bytes)
/** Two bytes a sign (JIS X 0208), which EUC-JP has in the upper half. */
const kanji: Decode = (bytes) => eucJapanese(bytes.map((byte) => 0x80 | byte))
/** Two bytes a sign (JIS X 0212), which EUC-JP has in the upper half, behind 8F. */
const supplementaryKanji: Decode = (bytes) => eucJapanese(asThreeBytes(bytes))

function asThreeBytes(pairs: Uint8Array): Uint8Array {
  const signs = Math.floor(pairs.length / 2)
  const threes = new Uint8Array(3 * signs)
  for (let i = 0; i < signs; i++) threes.set([0x8f, 0x80 | (pairs[2 * i] ?? 0), 0x80 | (pairs[2 * i + 1] ?? 0)], 3 * i)
  return threes
}

/** Sets for the lower half (G0), likewise. Files give JIS C 6226, which the standard does not know, for JIS X 0208. */
const LOWER: ReadonlyMap<string, Decode> = new Map([
  ['(B', ascii],
  ['(J', ascii],
  ['$B', kanji],
  ['$@', kanji],
  ['$(D', supplementaryKanji],
])

const ESCAPE = 0x1b
const SPACE = 0x20
const UPPER_HALF = 0x80

/** Decodes a value; `delimiters` are the signs that end its parts. */
type ValueDecoder = (bytes: Uint8Array, delimiters: RegExp) => string

/**
 * Decodes values of a data set: its first character set holds until an escape sequence, and again behind every delimiter and line
 * end (PS3.5 6.1.2.5.3). What does not fit becomes replacement signs; nothing is refused.
 *
 * @param specificCharacterSet as in the file. Without a first term the upper half is taken for Western, which some files mean.
 */
export function valueDecoder(specificCharacterSet: string): ValueDecoder {
  const [first = ''] = specificCharacterSet.split('\\')
  const initial = decoderOf(TERMS.get(first.trim().replace(/^ISO[_ ](2022 )?/, '')) ?? WESTERN)
  return (bytes, delimiters) => (bytes.includes(ESCAPE) ? extended(bytes, { initial, delimiters }) : initial(bytes))
}

function extended(bytes: Uint8Array, { initial, delimiters }: { initial: Decode; delimiters: RegExp }): string {
  let [lower, upper] = [ascii, initial]
  let text = ''
  for (const run of runs(bytes)) {
    const [start = 0] = run
    if (start === ESCAPE) {
      const sequence = ascii(run.subarray(1))
      lower = LOWER.get(sequence) ?? lower
      const named = UPPER.get(sequence)
      if (named !== undefined) upper = decoderOf(named)
    } else if (start >= UPPER_HALF) text += upper(run)
    else {
      // Control characters and space are none of a set's signs; a delimiter's code may be half of a Kanji.
      const read = start <= SPACE ? ascii : lower
      text += read(run)
      if (start < SPACE || (read === ascii && delimiters.test(ascii(run)))) [lower, upper] = [ascii, initial]
    }
  }
  return text
}

/** Parts of a text: escape sequences (ESC, intermediates 0x20–0x2F, one final byte), and runs of bytes of one kind. */
function* runs(bytes: Uint8Array): Generator<Uint8Array> {
  let start = 0
  while (start < bytes.length) {
    const kind = kindOf(bytes[start] ?? 0)
    let end = start + 1
    if (kind === 'escape') {
      while (isIntermediate(bytes[end])) end++
      end++
    } else while (end < bytes.length && kindOf(bytes[end] ?? 0) === kind) end++
    yield bytes.subarray(start, end)
    start = end
  }
}

function kindOf(byte: number): 'escape' | 'control' | 'space' | 'lower' | 'upper' {
  if (byte === ESCAPE) return 'escape'
  if (byte <= SPACE) return byte === SPACE ? 'space' : 'control'
  return byte < UPPER_HALF ? 'lower' : 'upper'
}

const isIntermediate = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x20 && byte <= 0x2f
