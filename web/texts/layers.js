// The words of the table of measurements, fetched with it: each row's name, and as `.help` one sentence that explains it.

/** @type {Record<string, Record<string, string>>} */
export const layerTexts = {
  en: {
    preActivation: 'pre-activation z',
    'preActivation.help': 'z = W a + b of every unit on every training example.',
    activation: 'activation a',
    'activation.help': 'a = φ(z), what a unit hands on.',
    preActivationGradient: 'gradient ∂J/∂z',
    'preActivationGradient.help': 'How one example’s own cost changes with z.',
    activationGradient: 'gradient ∂J/∂a',
    'activationGradient.help': 'How one example’s own cost changes with a.',
    forward: 'n_in Var W',
    'forward.help':
      'Inputs times the mean square of the weights: 1 keeps a linear signal’s size (Glorot and Bengio 2010), 2 a rectified one’s (He et al. 2015).',
    weightNorm: 'norm of W',
    'weightNorm.help': 'Root of the sum of the weights’ squares.',
    gradientNorm: 'norm of ∂J/∂W',
    'gradientNorm.help': 'Root of the sum of the squares of the cost’s derivatives by the weights.',
    updateRatio: 'update to weights',
    'updateRatio.help':
      'Learning rate times the gradient’s norm over the weights’ norm: one step of plain gradient descent. About 0.001 is lively, far less stands still, near 1 leaps.',
    dead: 'dead units',
    'dead.help': 'Units that are 0 on the whole training set, and their slope with them: they cannot learn.',
    saturated: 'saturated',
    'saturated.help': 'Share of values where the slope is below 1 % of its greatest (tanh and sigmoid only).',
    distinct: 'distinct units',
    'distinct.help': 'Different rows of [W | b]: units with the same row compute the same function.',
    largestCosine: 'largest cosine',
    'largestCosine.help': 'Of two units’ rows of [W | b], the sign left out; at 1 they point the same way.',
    rank: 'rank of W',
    'rank.help': 'How many directions of its input the layer can tell apart.',
    singularValues: 'singular values of W',
    'singularValues.help': 'How much W stretches each direction, from the most to the least.',
    expected: 'expected at the start',
    'expected.help':
      'Orthogonal weights of gain g have the singular value g alone (Saxe et al. 2013); independent ones of standard deviation s lie between s |√n_in − √n_out| and s (√n_in + √n_out) in wide layers (Marchenko and Pastur 1967).',
    moments: 'mean {mean}, variance {variance}',
    lost: '{count} infinite or NaN',
    measure: 'at iteration {iteration}',
    unknown: 'not measured',
  },
  de: {
    preActivation: 'Voraktivierung z',
    'preActivation.help': 'z = W a + b jeder Einheit auf jedem Trainingsbeispiel.',
    activation: 'Aktivierung a',
    'activation.help': 'a = φ(z), was eine Einheit weitergibt.',
    preActivationGradient: 'Gradient ∂J/∂z',
    'preActivationGradient.help': 'Wie sich die Kosten eines einzelnen Beispiels mit z ändern.',
    activationGradient: 'Gradient ∂J/∂a',
    'activationGradient.help': 'Wie sich die Kosten eines einzelnen Beispiels mit a ändern.',
    forward: 'n_in Var W',
    'forward.help':
      'Eingänge mal mittleres Quadrat der Gewichte: 1 hält die Größe eines linearen Signals (Glorot und Bengio 2010), 2 die eines gleichgerichteten (He u. a. 2015).',
    weightNorm: 'Norm von W',
    'weightNorm.help': 'Wurzel aus der Summe der Quadrate der Gewichte.',
    gradientNorm: 'Norm von ∂J/∂W',
    'gradientNorm.help': 'Wurzel aus der Summe der Quadrate der Ableitungen der Kosten nach den Gewichten.',
    updateRatio: 'Schritt / Gewichte',
    'updateRatio.help':
      'Lernrate mal Norm des Gradienten durch Norm der Gewichte: ein Schritt des einfachen Gradientenverfahrens. Etwa 0,001 ist lebhaft, viel weniger steht still, nahe 1 springt.',
    dead: 'tote Einheiten',
    'dead.help':
      'Einheiten, die auf allen Trainingsbeispielen 0 sind, ihre Steigung mit ihnen: Sie können nicht lernen.',
    saturated: 'gesättigt',
    'saturated.help':
      'Anteil der Werte, an denen die Steigung unter 1 % ihrer größten liegt (nur tanh und Sigmoid).',
    distinct: 'verschiedene Einheiten',
    'distinct.help':
      'Verschiedene Zeilen von [W | b]: Einheiten mit gleicher Zeile berechnen dieselbe Funktion.',
    largestCosine: 'größter Kosinus',
    'largestCosine.help':
      'Zweier Zeilen von [W | b], ohne Vorzeichen; bei 1 zeigen sie in dieselbe Richtung.',
    rank: 'Rang von W',
    'rank.help': 'Wie viele Richtungen ihrer Eingabe die Schicht unterscheiden kann.',
    singularValues: 'Singulärwerte von W',
    'singularValues.help':
      'Wie sehr W jede Richtung streckt, von der am meisten zur am wenigsten gestreckten.',
    expected: 'zu Beginn erwartet',
    'expected.help':
      'Orthogonale Gewichte mit Verstärkung g haben nur den Singulärwert g (Saxe u. a. 2013); unabhängige mit Standardabweichung s liegen in breiten Schichten zwischen s |√n_in − √n_out| und s (√n_in + √n_out) (Marchenko und Pastur 1967).',
    moments: 'Mittel {mean}, Varianz {variance}',
    lost: '{count} unendlich oder NaN',
    measure: 'bei Iteration {iteration}',
    unknown: 'nicht gemessen',
  },
};
