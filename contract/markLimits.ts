/** A file of its own, for the window to import: it may not load the schemas and their library. */
export const MOST_KEY_IMAGES = 12
export const MOST_MEASUREMENTS = 200
