export { drawWarp, IDENTITY_WARP, NO_AUGMENTATION, warpAndHalve, type AugmentSettings, type Warp } from './warp'
