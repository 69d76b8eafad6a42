/**
 * Data sets, activations, training methods and initializers in NumPy, as the core computes them,
 * for the exported scripts.
 */

/**
 * Each defines draw(samples, seed): X of shape (2, m), the classes Y of shape (1, m).
 *
 * @type {Record<string, (p: Record<string, number>) => string>}
 */
export const DATASETS = {
  flower: (p) => `def draw(samples, seed):
    """The course's load_planar_dataset: petals of two classes."""
    random = np.random.RandomState(seed)
    parts, labels = [], []
    for j, n in enumerate((samples // 2, samples - samples // 2)):
        t = np.linspace(j * 3.12, (j + 1) * 3.12, n) + random.randn(n) * ${p.noise}
        r = ${p.petalLength} * np.sin(4 * t) + random.randn(n) * ${p.noise}
        parts.append(np.c_[r * np.sin(t), r * np.cos(t)])
        labels.append(np.full(n, j))
    return np.concatenate(parts).T, np.concatenate(labels).reshape(1, -1)
`,
  circles,
  noisy_circles: circles,
  moons: (p) => `def draw(samples, seed):
    """sklearn.datasets.make_moons: shuffle first, then noise."""
    random = np.random.RandomState(seed)
    outer = samples // 2
    a, b = np.linspace(0, np.pi, outer), np.linspace(0, np.pi, samples - outer)
    X = np.r_[np.c_[np.cos(a), np.sin(a)], np.c_[1 - np.cos(b), 1 - np.sin(b) - 0.5]]
    y = np.r_[np.zeros(outer, int), np.ones(samples - outer, int)]
    order = random.permutation(samples)
    X = X[order] + random.normal(scale=${p.noise}, size=(samples, 2))
    return X.T, y[order].reshape(1, -1)
`,
  blobs: (p) => `def draw(samples, seed):
    """sklearn.datasets.make_blobs, one class a cluster; both parts share the centres of the training seed."""
    random = np.random.RandomState(${p.seed})
    centers = random.uniform(-10, 10, (${p.centers}, 2))
    if seed != ${p.seed}:
        random = np.random.RandomState(seed)
    sizes = [samples // ${p.centers} + (c < samples % ${p.centers}) for c in range(${p.centers})]
    X = np.concatenate([c + ${p.spread} * random.randn(n, 2) for c, n in zip(centers, sizes)])
    y = np.repeat(np.arange(${p.centers}), sizes)
    order = random.permutation(samples)
    return X[order].T, y[order].reshape(1, -1)
`,
  gaussian_quantiles: (p) => `def draw(samples, seed):
    """sklearn.datasets.make_gaussian_quantiles."""
    random = np.random.RandomState(seed)
    X = random.randn(samples, 2) * np.sqrt(${p.variance})
    X = X[np.argsort((X ** 2).sum(axis=1), kind="stable")]
    classes = max(1, min(${p.classes}, samples))
    y = np.minimum(np.arange(samples) // (samples // classes), classes - 1)
    order = random.permutation(samples)
    return X[order].T, y[order].reshape(1, -1)
`,
  spiral: (p) => `def draw(samples, seed):
    """Init Lab's spiral: radius t, angle 2 pi (turns t + arm / arms), then noise."""
    random = np.random.RandomState(seed)
    parts, labels = [], []
    for arm in range(${p.arms}):
        n = samples // ${p.arms} + (arm < samples % ${p.arms})
        t = np.linspace(0, 1, n)
        angle = 2 * np.pi * (${p.turns} * t + arm / ${p.arms})
        parts.append(np.c_[t * np.cos(angle), t * np.sin(angle)])
        labels.append(np.full(n, arm))
    X = np.concatenate(parts) + ${p.noise} * random.randn(samples, 2)
    return X.T, np.concatenate(labels).reshape(1, -1)
`,
  xor: (p) => `def draw(samples, seed):
    """Init Lab's XOR: uniform on [-1, 1]^2, class 1 where the signs differ, then noise."""
    random = np.random.RandomState(seed)
    X = random.uniform(-1, 1, (samples, 2))
    y = ((X[:, 0] > 0) != (X[:, 1] > 0)).astype(int)
    return (X + ${p.noise} * random.randn(samples, 2)).T, y.reshape(1, -1)
`,
};

/** @param {Record<string, number>} p */
function circles(p) {
  return `def draw(samples, seed):
    """sklearn.datasets.make_circles: outer ring (0), inner ring (1), shuffle first, then noise."""
    random = np.random.RandomState(seed)
    outer = samples // 2
    a = np.linspace(0, 2 * np.pi, outer, endpoint=False)
    b = np.linspace(0, 2 * np.pi, samples - outer, endpoint=False)
    X = np.r_[np.c_[np.cos(a), np.sin(a)], np.c_[np.cos(b), np.sin(b)] * ${p.factor}]
    y = np.r_[np.zeros(outer, int), np.ones(samples - outer, int)]
    order = random.permutation(samples)
    X = X[order] + random.normal(scale=${p.noise}, size=(samples, 2))
    return X.T, y[order].reshape(1, -1)
`;
}

/**
 * Lines that update one array P[k] by its gradient g; V[k] and S[k] are averages, t counts from 1.
 *
 * @type {Record<string, (p: Record<string, number>) => string[]>}
 */
export const METHODS = {
  gd: () => ['P[k] -= rate * g'],
  momentum: (p) => [`V[k] = ${p.beta1} * V[k] + (1 - ${p.beta1}) * g`, 'P[k] -= rate * V[k]'],
  rmsprop: (p) => [
    `S[k] = ${p.beta2} * S[k] + (1 - ${p.beta2}) * (g * g)`,
    `P[k] -= rate * g / (np.sqrt(S[k]) + ${p.epsilon})`,
  ],
  adam: (p) => [
    `V[k] = ${p.beta1} * V[k] + (1 - ${p.beta1}) * g`,
    `S[k] = ${p.beta2} * S[k] + (1 - ${p.beta2}) * (g * g)`,
    `P[k] -= rate * (V[k] / (1 - ${p.beta1} ** t)) / (np.sqrt(S[k] / (1 - ${p.beta2} ** t)) + ${p.epsilon})`,
  ],
};

/**
 * Standard deviation (normal) or limit (uniform) of the weights from n_in and n_out.
 *
 * @type {Record<string, { kind: 'normal' | 'uniform' | 'fixed', size: (p: Record<string, number>)
 *   => string }>}
 */
export const INITIALIZERS = {
  zeros: { kind: 'fixed', size: () => '0.0' },
  constant: { kind: 'fixed', size: (p) => `float(${p.value})` },
  normal: { kind: 'normal', size: (p) => String(p.std) },
  uniform: { kind: 'uniform', size: (p) => String(p.limit) },
  lecun_normal: { kind: 'normal', size: (p) => `${p.gain} * np.sqrt(1.0 / n_in)` },
  lecun_uniform: { kind: 'uniform', size: (p) => `${p.gain} * np.sqrt(3.0 / n_in)` },
  glorot_normal: { kind: 'normal', size: (p) => `${p.gain} * np.sqrt(2.0 / (n_in + n_out))` },
  glorot_uniform: { kind: 'uniform', size: (p) => `${p.gain} * np.sqrt(6.0 / (n_in + n_out))` },
  he_normal: { kind: 'normal', size: (p) => `${p.gain} * np.sqrt(2.0 / (${1 + p.slope * p.slope} * n_in))` },
  he_uniform: {
    kind: 'uniform',
    size: (p) => `${p.gain} * np.sqrt(6.0 / (${1 + p.slope * p.slope} * n_in))`,
  },
};
