import util from 'node:util'

/** tfjs-node 4.22 calls two functions of `node:util` that Node 23 took away; given back here, before it is loaded. */
const takenAway = {
  isArray: Array.isArray,
  isNullOrUndefined: (value: unknown): value is null | undefined => value === null || value === undefined,
}

for (const [name, given] of Object.entries(takenAway)) if (!(name in util)) Object.assign(util, { [name]: given })
