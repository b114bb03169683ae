/**
 * Reported bits are means over this many dequantisation noises, in audits and outside them. In a file of its own, without
 * tensors: the use cases ask for it in processes that do not load TensorFlow.
 */
export const REPORTED_DRAWS = 8
