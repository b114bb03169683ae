export { createModelStore } from './modelStore'
export { decodeSafetensors, encodeSafetensors } from './safetensors'
