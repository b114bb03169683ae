import { z } from 'zod'

/** Typed arrays over any buffer; `z.instanceof` would demand one that is not shared. */
export const byteArray = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'must be a Uint8Array')
export const floatArray = z.custom<Float32Array>((value) => value instanceof Float32Array, 'must be a Float32Array')
