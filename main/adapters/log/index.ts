export { createLogger } from './pinoLogger'
