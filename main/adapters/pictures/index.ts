export { MAP_PLACE } from './bitMapSvg'
export { dataUrl, encodeColour, encodeGrey } from './png'
export { pngPictureWriter } from './pngPictureWriter'
