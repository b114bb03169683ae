/** Characters of a new passphrase at least. */
export const MIN_PASSPHRASE = 8
