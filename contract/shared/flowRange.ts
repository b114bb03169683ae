/** Bits per pixel that the flow gives to pictures like those that it knows. */
const LOWEST_BPD = 0
const HIGHEST_BPD = 16

/** Whether a picture costs so few or so many bits per pixel that they mean nothing. */
export const isOutsideFlowRange = (bpd: number): boolean => bpd < LOWEST_BPD || bpd > HIGHEST_BPD
