// The colours of the phase diagram's cells that did not learn.

/** The colours of the causes, by the names of the runs' colours in the theme. */
export const CAUSES = /** @type {const} */ ({
  vanished: '--run-2',
  exploded: '--run-3',
  dead: '--run-1',
  other: '--run-1',
});
