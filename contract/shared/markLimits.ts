/** How much a reader may mark on one case. */
export const MOST_KEY_IMAGES = 12
export const MOST_MEASUREMENTS = 200
