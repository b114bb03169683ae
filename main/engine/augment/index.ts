export {
  drawShift,
  drawWarp,
  IDENTITY_WARP,
  NO_AUGMENTATION,
  warpAndHalve,
  warpGrey,
  type AugmentSettings,
  type Warp,
} from './warp'
