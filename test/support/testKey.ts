/** The key of stores in tests. */
export const TEST_KEY = Buffer.alloc(32, 7)

/** What a guess at a passphrase costs (scrypt): so little that tests do not wait for it. */
export const CHEAP = { N: 2 ** 10, r: 8, p: 1 }
