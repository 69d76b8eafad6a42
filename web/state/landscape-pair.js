// Which runs define the map of the cost that all runs of one shape share.

/**
 * Returns the run with the best weights and the run of equal shape with the smallest start, or null
 * if there is no such pair.
 * @param {import('./model.js').LabModel} model
 */
export function sharedPair(model) {
  const { latest, specs } = model.race;
  const known = model.store.state.runs.flatMap(({ id }) => {
    const frame = latest.get(id);
    const shape = JSON.stringify(specs.get(id)?.layers);
    return frame?.weights ? [{ id, frame, shape }] : [];
  });
  const best = known.toSorted((a, b) => b.frame.metrics.trainAccuracy - a.frame.metrics.trainAccuracy)[0];
  const small = known
    .filter(({ id, shape }) => id !== best.id && shape === best.shape)
    .map(({ id, frame }) => ({ id, size: startSize(frame) }))
    .filter(({ size }) => size > 0)
    .toSorted((a, b) => a.size - b.size)[0];
  return best && small ? { best: best.id, small: small.id } : null;
}

/**
 * Returns a measure of the size of a run's initial weights.
 * @param {import('../race/types.js').RunFrame} frame
 */
const startSize = ({ weights }) =>
  (weights?.start ?? []).reduce(
    (sum, layer) => sum + layer.reduce((part, count, bin) => part + bin * count, 0),
    0,
  );
