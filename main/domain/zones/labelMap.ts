import { ZONE_NAMES, type ZoneName, type Zones } from '../../../contract'
import { outsideBody } from './bodyMask'
import { grown, markerMask } from './markers'
import { SIDE, type ZonePicture } from './picture'
import { rasterise, type Point } from './polygon'

/** Width of the border zone as a share of the film's shorter side. */
const BORDER_SHARE = 0.04
/** Radius of a costophrenic zone as a share of its lung's height. */
const CORNER_RADIUS = 0.26
/** Fluid whitens the corner and the pleura beside it: the zone reaches so many pixels beyond the outline. */
const CORNER_MARGIN = 3

export const zoneIndex = (name: ZoneName): number => ZONE_NAMES.indexOf(name)

/**
 * A zone for every pixel, each pixel in exactly one. Later wins: outside or body, mediastinum, border, lungs, costophrenic
 * zones, markers.
 *
 * @returns index into `ZONE_NAMES`, row-major [128 · 128]
 */
export function labelMap(picture: ZonePicture, zones: Pick<Zones, 'pictureLeft' | 'pictureRight'>): Uint8Array {
  const left = rasterise(zones.pictureLeft.points, SIDE)
  const right = rasterise(zones.pictureRight.points, SIDE)
  const lungs = left.map((inside, i) => (inside || right[i] ? 1 : 0))
  const outside = outsideBody(picture, lungs)
  const labels = outside.map((is) => zoneIndex(is ? 'outside' : 'body'))
  paint(labels, between(left, right), 'mediastinum')
  const anatomy = labels.map((label, i) => (label === zoneIndex('mediastinum') || lungs[i] ? 1 : 0))
  paint(labels, borderBand(picture), 'border')
  paint(labels, left, 'lung-picture-left')
  paint(labels, right, 'lung-picture-right')
  const middle = anatomy.map((is, i) => (is && !lungs[i] ? 1 : 0))
  paint(labels, cornerZone(zones.pictureLeft.points, left, middle), 'costophrenic-picture-left')
  paint(labels, cornerZone(zones.pictureRight.points, right, middle), 'costophrenic-picture-right')
  const markers = markerMask(picture, anatomy).map((is, i) => (is && mayCarryMarker(labels[i] ?? 0) ? 1 : 0))
  paint(labels, markers, 'markers')
  return labels
}

function paint(labels: Uint8Array, mask: Uint8Array, zone: ZoneName): void {
  const label = zoneIndex(zone)
  for (let i = 0; i < labels.length; i++) if (mask[i]) labels[i] = label
}

/** A marker that is grown by a pixel does not grow into anatomy. */
function mayCarryMarker(label: number): boolean {
  return label === zoneIndex('outside') || label === zoneIndex('body') || label === zoneIndex('border')
}

/** The mediastinum ends where the gap takes more than this share of the chest: below the domes lies the abdomen. */
const WIDEST_GAP = 0.62

/** From the inner edge of one lung to that of the other, row by row. */
function between(left: Uint8Array, right: Uint8Array): Uint8Array {
  const mask = new Uint8Array(SIDE * SIDE)
  for (let y = 0; y < SIDE; y++) {
    const row = y * SIDE
    const from = left.subarray(row, row + SIDE).lastIndexOf(1)
    const to = right.subarray(row, row + SIDE).indexOf(1)
    const chest = right.subarray(row, row + SIDE).lastIndexOf(1) - left.subarray(row, row + SIDE).indexOf(1)
    if (from >= 0 && to > from && to - from < WIDEST_GAP * chest) mask.fill(1, row + from + 1, row + to)
  }
  return mask
}

function borderBand({ box }: ZonePicture): Uint8Array {
  const width = Math.max(1, Math.round(BORDER_SHARE * Math.min(box.width, box.height)))
  const mask = new Uint8Array(SIDE * SIDE)
  for (let y = box.y; y < box.y + box.height; y++)
    for (let x = box.x; x < box.x + box.width; x++) {
      const depth = Math.min(x - box.x, y - box.y, box.x + box.width - 1 - x, box.y + box.height - 1 - y)
      if (depth < width) mask[y * SIDE + x] = 1
    }
  return mask
}

/** A disc around the lateral lower corner of a lung: in the lung and a little beyond its edge. */
function cornerZone(points: readonly Point[], lung: Uint8Array, middle: Uint8Array): Uint8Array {
  const corner = costophrenicCorner(points)
  const ys = points.map(({ y }) => y)
  const radius = CORNER_RADIUS * (Math.max(...ys) - Math.min(...ys))
  const near = grown(lung, CORNER_MARGIN)
  return near.map((is, index) => {
    const [x, y] = [(index % SIDE) + 0.5, Math.floor(index / SIDE) + 0.5]
    return is && !middle[index] && Math.hypot(x - corner.x, y - corner.y) <= radius ? 1 : 0
  })
}

/** The vertex furthest down and outwards, sides judged from the lung's own place in the picture. */
function costophrenicCorner(points: readonly Point[]): Point {
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  const [width, height] = [Math.max(...xs) - Math.min(...xs) || 1, Math.max(...ys) - Math.min(...ys) || 1]
  const outwards = (Math.min(...xs) + Math.max(...xs)) / 2 < SIDE / 2 ? -1 : 1
  const score = ({ x, y }: Point) => (outwards * x) / width + y / height
  return points.reduce((best, point) => (score(point) > score(best) ? point : best))
}
