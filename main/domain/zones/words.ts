/** Sides in words: the picture's, with the patient's only as the convention that it is. */
export const SIDE_WORDS = {
  left: "left of the picture (patient's right in the usual orientation)",
  right: "right of the picture (patient's left in the usual orientation)",
} as const
