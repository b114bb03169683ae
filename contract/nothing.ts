import { z } from 'zod'

/** Of a call that takes, gives or streams nothing. */
export const nothing = z.null()
