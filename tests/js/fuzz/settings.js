// How many random cases each property tries, and from which seed. `npm test` always tries the same
// cases, so that a failure comes from a change; `npm run fuzz` draws a new seed.
const { INIT_LAB_FUZZ_CASES: cases, INIT_LAB_FUZZ_SEED: given } = process.env;
const drawn = cases === undefined ? 1 : Math.floor(Math.random() * 2 ** 31);
const seed = given === undefined ? drawn : Number(given);
if (cases !== undefined) console.log(`INIT_LAB_FUZZ_SEED=${seed}`);

/** Settings of fast-check. */
export const settings = { numRuns: Number(cases ?? 2000), seed };
