export { decipher, encipherFile } from './cipherFile'
