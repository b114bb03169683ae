/** Side length in pixels of what flow and classifier see. */
export const MODEL_SIZE = 128
