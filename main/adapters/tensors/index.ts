export { decodeSafetensors, encodeSafetensors } from './safetensors'
export { toParams, toStored } from './storedTensors'
