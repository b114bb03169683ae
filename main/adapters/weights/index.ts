export { createModelStore } from './modelStore'
export { decodeSafetensors, encodeSafetensors } from './safetensors'
export { modelRoots } from './modelRoots'
