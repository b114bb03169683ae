/** Types of the JPEG and JPEG-LS codecs built to WebAssembly, which ship none. Buffers are views into wasm memory: copy them. */
declare module '@cornerstonejs/codec-charls/wasmjs' {
  interface FrameInfo {
    width: number
    height: number
    bitsPerSample: number
    componentCount: number
  }
  export interface Decoder {
    getEncodedBuffer(length: number): Uint8Array
    decode(): void
    getDecodedBuffer(): Uint8Array
    getFrameInfo(): FrameInfo
    delete(): void
  }
  export interface Encoder {
    getDecodedBuffer(frame: FrameInfo): Uint8Array
    setNearLossless(allowedError: number): void
    encode(): void
    getEncodedBuffer(): Uint8Array
    delete(): void
  }
  export interface Charls {
    JpegLSDecoder: new () => Decoder
    JpegLSEncoder: new () => Encoder
  }
  export default function load(): Promise<Charls>
}

declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs' {
  import type { Decoder } from '@cornerstonejs/codec-charls/wasmjs'
  interface FrameInfo {
    width: number
    height: number
    bitsPerSample: number
    componentCount: number
    isUsingColorTransform: boolean
    isSigned: boolean
  }
  export interface Encoder {
    getDecodedBuffer(frame: FrameInfo): Uint8Array
    setQuality(quality: number): void
    setProgressive(progressive: boolean): void
    setSubSampling(mode: number): void
    encode(): void
    getEncodedBuffer(): Uint8Array
    delete(): void
  }
  export interface Turbo {
    JPEGDecoder: new () => Decoder
    JPEGEncoder: new () => Encoder
  }
  export default function load(): Promise<Turbo>
}

declare module '@cornerstonejs/dicom-codec' {
  interface ImageInfo {
    rows: number
    columns: number
    bitsAllocated: number
    samplesPerPixel: number
    signed: boolean
    pixelRepresentation: number
  }
  const dicomCodec: {
    decode(
      frame: Uint8Array,
      image: ImageInfo,
      transferSyntax: string,
    ): Promise<{ imageFrame: Int8Array | Uint8Array | Int16Array | Uint16Array }>
  }
  export default dicomCodec
}
