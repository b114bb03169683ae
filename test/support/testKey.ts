/** The key of stores in tests. */
export const TEST_KEY = Buffer.alloc(32, 7)
