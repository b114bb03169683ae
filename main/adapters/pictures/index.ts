export { DISCLAIMER, dataUrl, encodeColour, encodeGrey } from './png'
export { pngPictureWriter } from './pngPictureWriter'
