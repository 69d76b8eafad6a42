"""The random stream of numpy.random.RandomState."""

import numpy as np

SEEDS = [0, 1, 3, 5489, 123456789, 2**32 - 1]


def random_stream():
    """100,000 draws of uniform and randn from seed 1; words, permutations, shuffles and a mixture from each of SEEDS."""
    yield "uniform", np.random.RandomState(1).random_sample(100_000)
    yield "randn", np.random.RandomState(1).randn(100_000)
    for seed in SEEDS:
        # 700 words: the generator's 624 and some of its second round.
        yield f"words/{seed}", np.random.RandomState(seed)._bit_generator.random_raw(700)
        for n in (1, 2, 3, 64, 300, 1000):
            yield f"permutation/{seed}/{n}", np.random.RandomState(seed).permutation(n)
        random = np.random.RandomState(seed)
        items = np.arange(50)
        for _ in range(3):
            random.shuffle(items)
        yield f"shuffled_three_times/{seed}", items
        # An odd number of normals leaves one kept, which the draws between must not touch.
        random = np.random.RandomState(seed)
        mixture = [random.randn(), random.random_sample(), random.uniform(-10, 10), random.normal(3, 0.5),
                   *random.permutation(7), *random.randn(3), random.random_sample(), random.randn()]
        yield f"mixture/{seed}", np.array(mixture)
