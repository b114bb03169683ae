export { drawShift, drawWarp, IDENTITY_WARP, warpAndHalve, warpGrey, type AugmentSettings, type Warp } from './warp'
