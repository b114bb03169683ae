/** How a picture file's rows and columns lie, 1 to 8 (Exif 2.32, 4.6.4, tag 0x0112); 1: as they are. */
type ExifOrientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

const ORIENTATION_TAG = 0x0112
/** TIFF 6.0, types of fields: 4 bytes. */
const LONG = 4
const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0]

/** The orientation that a JPEG file names in its Exif segment; 1 where it names none. */
export function jpegOrientation(bytes: Uint8Array): ExifOrientation {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; at += 2 + view.getUint16(at + 2)) {
    // Any number of bytes FF may stand before a marker (ITU-T T.81 B.1.1.2).
    while (bytes[at + 1] === 0xff && at + 5 <= bytes.length) at++
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xda || marker === 0xd9) break
    const body = bytes.subarray(at + 4, at + 2 + view.getUint16(at + 2))
    if (marker === 0xe1 && EXIF.every((byte, i) => body[i] === byte)) return tiffOrientation(body.subarray(EXIF.length))
  }
  return 1
}

/** The same of a PNG file's eXIf chunk (PNG, third edition, 11.3.4.4). */
export function pngOrientation(bytes: Uint8Array): ExifOrientation {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (name === 'eXIf') return tiffOrientation(bytes.subarray(at + 8, at + 8 + view.getUint32(at)))
  }
  return 1
}

/** Of the first directory of a TIFF structure; 1 where it is broken or says nothing. */
function tiffOrientation(tiff: Uint8Array): ExifOrientation {
  if (tiff.length < 8) return 1
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  const little = tiff[0] === 0x49
  const directory = view.getUint32(4, little)
  if (directory + 2 > tiff.length) return 1
  const entries = view.getUint16(directory, little)
  for (let i = 0; i < entries; i++) {
    const at = directory + 2 + 12 * i
    if (at + 12 > tiff.length) return 1
    if (view.getUint16(at, little) === ORIENTATION_TAG) {
      // A SHORT by the standard; some programs write a LONG.
      const isLong = view.getUint16(at + 2, little) === LONG
      return known(isLong ? view.getUint32(at + 8, little) : view.getUint16(at + 8, little))
    }
  }
  return 1
}

const known = (value: number): ExifOrientation => (value >= 1 && value <= 8 ? (value as ExifOrientation) : 1)

/** A picture as its file says that it is to be seen. */
export function upright<P extends Uint8Array | Uint16Array>(
  picture: { readonly pixels: P; readonly width: number; readonly height: number },
  orientation: ExifOrientation,
): { pixels: P; width: number; height: number } {
  const { pixels, width, height } = picture
  if (orientation === 1) return { pixels, width, height }
  const swapped = orientation >= 5
  const to = swapped ? { width: height, height: width } : { width, height }
  const turned = pixels.slice() as P
  for (let y = 0; y < to.height; y++)
    for (let x = 0; x < to.width; x++) {
      const [column, row] = sourceOf(orientation, { x, y }, { width, height })
      turned[y * to.width + x] = pixels[row * width + column] ?? 0
    }
  return { pixels: turned, ...to }
}

/** Where a pixel of the upright picture lies in the file's. */
function sourceOf(
  orientation: ExifOrientation,
  { x, y }: { readonly x: number; readonly y: number },
  { width, height }: { readonly width: number; readonly height: number },
): readonly [column: number, row: number] {
  const [right, bottom] = [width - 1, height - 1]
  switch (orientation) {
    case 2:
      return [right - x, y]
    case 3:
      return [right - x, bottom - y]
    case 4:
      return [x, bottom - y]
    case 5:
      return [y, x]
    case 6:
      return [y, bottom - x]
    case 7:
      return [right - y, bottom - x]
    case 8:
      return [right - y, x]
    default:
      return [x, y]
  }
}
