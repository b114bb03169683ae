export { auc, aucInterval, type Interval } from './auc'
export { calibrated, calibrationError, fitCalibration, type Calibration } from './calibration'
export { operatingPoint, youdenPoint, type OperatingPoint } from './threshold'
export { fitRidge, linearScore, type LinearScore } from './ridge'
