/**
 * Zones of the model's picture. Sides are those of the PICTURE: which side of the patient lies there is a convention
 * (picture left = patient's right) that the pixels do not prove. The order is that of the numbers in a label map.
 */
export const ZONE_NAMES = [
  'outside',
  'body',
  'mediastinum',
  'lung-picture-left',
  'lung-picture-right',
  'costophrenic-picture-left',
  'costophrenic-picture-right',
  'border',
  'markers',
] as const
export type ZoneName = (typeof ZONE_NAMES)[number]
