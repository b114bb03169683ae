import type { Estimate } from '../cohort'

/** A bootstrap gives no interval where every film stands on its side: no resampling can err. */
export const hasInterval = (auc: Pick<Estimate, 'low' | 'high'>): boolean => auc.low !== auc.high

/** Quartiles of fewer films than four would be made of the same films. */
export const hasQuartiles = (films: number): boolean => films >= 4
