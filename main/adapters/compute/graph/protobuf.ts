const START = 256
/** So many bytes at once stay where they are. */
const LARGE = 4096
const WIRE_VARINT = 0
const WIRE_BYTES = 2
const WIRE_FLOAT = 5

/** Writes protocol-buffer messages: just the wire types that a graph needs (protobuf.dev, "Encoding"). */
export class ProtobufWriter {
  private readonly pieces: Uint8Array[] = []
  private buffer = new Uint8Array(START)
  private length = 0

  /** Whole numbers between −2^53 and 2^53; negative ones in ten bytes, as 64-bit two's complement. */
  varint(field: number, value: number): this {
    return this.tag(field, WIRE_VARINT).number(value)
  }

  float(field: number, value: number): this {
    this.tag(field, WIRE_FLOAT).room(4)
    new DataView(this.buffer.buffer).setFloat32(this.length, value, true)
    this.length += 4
    return this
  }

  bytes(field: number, value: Uint8Array): this {
    this.tag(field, WIRE_BYTES).number(value.byteLength).append(value)
    return this
  }

  text(field: number, value: string): this {
    return this.bytes(field, Buffer.from(value, 'utf8'))
  }

  message(field: number, write: (inner: ProtobufWriter) => void): this {
    const inner = new ProtobufWriter()
    write(inner)
    const pieces = inner.finish()
    this.tag(field, WIRE_BYTES).number(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0))
    pieces.forEach((piece) => this.append(piece))
    return this
  }

  /** What was written, piece after piece. */
  finish(): Uint8Array[] {
    this.seal()
    return this.pieces
  }

  /** Weights are not copied from message to message around them. */
  private append(value: Uint8Array): void {
    if (value.byteLength >= LARGE) {
      this.seal()
      this.pieces.push(value)
      return
    }
    this.room(value.byteLength)
    this.buffer.set(value, this.length)
    this.length += value.byteLength
  }

  private seal(): void {
    if (this.length > 0) this.pieces.push(this.buffer.subarray(0, this.length))
    this.buffer = new Uint8Array(START)
    this.length = 0
  }

  private tag(field: number, wireType: number): this {
    return this.number(field * 8 + wireType)
  }

  private number(value: number): this {
    this.room(10)
    if (value < 0) return this.negative(value)
    let left = value
    while (left > 127) {
      this.buffer[this.length++] = (left % 128) | 128
      left = Math.floor(left / 128)
    }
    this.buffer[this.length++] = left
    return this
  }

  private negative(value: number): this {
    let left = BigInt.asUintN(64, BigInt(value))
    while (left > 127n) {
      this.buffer[this.length++] = Number(left & 127n) | 128
      left >>= 7n
    }
    this.buffer[this.length++] = Number(left)
    return this
  }

  private room(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return
    const larger = new Uint8Array(Math.max(this.length + bytes, 2 * this.buffer.length))
    larger.set(this.buffer.subarray(0, this.length))
    this.buffer = larger
  }
}
