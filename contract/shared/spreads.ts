import type { Estimate } from '../cohort'

/** A bootstrap gives no interval where no resampling changes the value: every film stands on its side, or one patient has all; nor is there one where a class is of few patients. */
export const hasInterval = (auc: Pick<Estimate, 'low' | 'high'>): boolean => auc.low !== auc.high

/** Quartiles of fewer films than four would be made of the same films. */
export const hasQuartiles = (films: number): boolean => films >= 4
