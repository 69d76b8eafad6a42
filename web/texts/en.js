// All words of the lab in English, in one table. {names} in braces are filled in. Words for one number: "1 unit".
// Names and help of data sets, initializers and parameters come from the core's catalogue, unless a key here
// (`init.he_normal`, `name.adam`, …) says otherwise.

export default {
  'site.name': 'Init Lab',
  'nav.label': 'Pages',
  'nav.lab': 'The lab',
  'nav.why': 'Why',
  'nav.sweeps': 'Sweeps',
  'nav.phase': 'Phase diagram',
  'nav.pictures': 'Pictures',
  'nav.notebook': 'Notebook figures',
  'nav.embed': 'Embed',
  'nav.theme': 'Theme',
  'nav.theme.light': 'light',
  'nav.theme.dark': 'dark',
  'nav.theme.auto': 'as the system',
  'nav.language': 'Language',
  'nav.skip': 'Skip to the content',

  'lab.question': 'How should a network’s weights start?',
  'lab.preset': 'Experiment',
  'lab.presets': 'Experiments',
  'lab.file': 'A file of your own: an experiment (JSON) or points (CSV)',
  'lab.preset.own': 'your own',
  'lab.loading': 'Loading the lab: the module is on its way …',
  'lab.broken': 'The lab could not start.',
  'lab.broken.why':
    'Its WebAssembly module did not load ({message}). Reload the page; if that does not help, the server may be sending it in part or a policy may forbid WebAssembly.',
  'lab.own': 'Your own experiment: the link in the address bar holds all of it.',
  'lab.reload': 'Reload',
  'lab.other': 'Open the lab as it starts',
  'lab.unread': 'Some of this experiment could not be read; the rest is open.',
  'lab.missing': 'A part of the lab could not be fetched. Try again when the connection is back.',
  'lab.stopped': 'This experiment could not go on.',
  'lab.unopened': 'This file could not be opened; nothing has changed.',
  'lab.live': 'Iteration {iteration}. {runs}.',
  'lab.dismiss': 'Close',
  'lab.share': 'Share',
  'lab.runs': 'Runs',

  undo: 'Undo',
  'undo.removed': '{name} was removed',
  'undo.replaced': 'Your own experiment was replaced',

  play: 'Play',
  pause: 'Pause',
  step: 'One iteration',
  reset: 'Start again, same weights',
  redraw: 'Draw new weights (seed {seed})',
  'transport.iteration': 'iteration',
  'transport.of': 'of {limit}',
  'transport.scrub': 'Iteration: scrub through the past and the future',
  'transport.left': '{time} left',
  'transport.done': 'done',
  'transport.paused': 'paused',
  'transport.catching': 'catching up',
  'transport.past': 'past; front at {head}',
  'transport.speed': 'speed',
  'transport.speed.max': 'as fast as possible',
  'transport.speed.rate': '{rate} per second',
  'transport.stop': 'stop at',
  'transport.stop.iterations': 'iteration …',
  'transport.stop.cost': 'cost ≤ …',
  'transport.stop.accuracy': 'accuracy ≥ …',
  'transport.stop.value': 'value to stop at',
  'transport.stopped.cost': '{name} reached cost {value}',
  'transport.stopped.accuracy': '{name} reached {value}',

  'run.name': 'Name of this run',
  'run.rename': 'Rename',
  'run.init': 'Initializer',
  'run.menu': 'More about {name}',
  'run.add': 'Add a run',
  'run.duplicate': 'Duplicate',
  'run.remove': 'Remove',
  'run.left': 'Move left',
  'run.right': 'Move right',
  'run.solo': 'Show large',
  'run.unsolo': 'Show all',
  'run.select': 'Look inside {name}',
  'run.train': 'train',
  'run.test': 'test',
  'run.cost': 'cost',
  'run.own': 'only this run: {settings}',
  'run.link': 'Link again',
  'run.unlinked': 'only here',
  'run.broken': 'This run cannot start.',
  'run.field': 'Decision field of {name}: probability of class 1 over x1 and x2',
  'run.field.summary':
    '{name} at iteration {iteration}: {train} of the training examples are right, cost {cost}. {state}',
  'run.png': 'Picture of this field (PNG)',
  'run.numpy': 'NumPy script of this run',
  'run.csv': 'History of this run (CSV)',
  'run.json': 'Everything about this run (JSON)',

  'probe.text': 'x₁ {x1}, x₂ {x2}, P(y=1) {p}',

  'show.label': 'Show',
  'show.classes': 'class instead of probability',
  'show.test': 'test points',
  'show.wrong': 'misclassified points',
  'show.units': 'boundaries of the hidden units',
  'show.clean': 'no points',

  'chart.label': 'Chart',
  'chart.cost': 'cost',
  'chart.accuracy': 'accuracy',
  'chart.linear': 'linear',
  'chart.log': 'log',
  'chart.title.cost': 'Cost over iterations',
  'chart.title.accuracy': 'Training accuracy over iterations',
  'chart.hint': 'Click to go to an iteration.',
  'chart.keys': 'Arrow keys, Page Up, Page Down, Home and End read values; Enter goes to their iteration.',
  'chart.at': 'iteration {iteration}',
  'chart.accuracies': '{train}, test {test}',
  'chart.summary': 'Line chart of {what} for {count} runs up to iteration {head}. {lines}',
  'chart.cut': 'values above {top} are cut off; the log axis shows them',

  'signals.layer': 'layer {layer}',
  'signals.output': 'output',

  'setup.title': 'Setup',
  'setup.scope': 'applies to',
  'setup.scope.all': 'all runs',
  'setup.scope.one': 'only {name}',

  'data.title': 'Data',
  'data.set': 'data set',
  'data.own': 'own points',
  'data.edit': 'Draw own points',

  'start.title': 'Start of {name}',
  'start.layers': 'Layer by layer',
  'start.layer.same': 'like the others',
  'start.gain': 'g is the gain.',
  'start.madeFor': 'Made for {names}.',

  'network.title': 'Network',
  'network.layer.add': 'Add a layer',
  'network.layer.remove': 'Remove the last layer',
  'network.unit.add': 'Add a unit to layer {layer}',
  'network.unit.remove': 'Remove a unit from layer {layer}',
  'network.widths': 'units of layer',
  'network.units': 'units of layer {layer}',
  'network.activation': 'activation',
  'network.activation.layer': 'activation of layer {layer}',
  'network.output': 'output',
  'network.output.sigmoid': 'sigmoid, cross-entropy',
  'network.output.tanh': 'tanh, mean squared error',
  'network.summary': 'Network {shape} of {name}. {groups}',
  'network.same': 'Layer {layer}: {distinct} different functions among {units} units.',
  'network.legend':
    'Click a unit to see its function large. Edges: blue positive, vermillion negative, width by size. Frames of one colour: units that compute one function. A stroke through: dead.',
  'network.keys': 'Arrow keys walk the units and show their functions.',
  'network.unit.name': 'Unit {unit} of layer {layer}',

  'number.refused': '{value} was not taken. ',
  'number.any': 'Expected a number from {min} to {max}.',
  'number.whole': 'Expected a whole number from {min} to {max}.',

  'training.title': 'Training',
  'training.method': 'method',
  'training.precision': 'precision',
  'training.precision.float64': 'float64, as the course',
  'training.precision.float32': 'float32, faster',
  'training.seed': 'weights’ seed',
  'training.more': 'More',

  'setting.dataset': 'data',
  'setting.layers': 'network',
  'setting.activations': 'activation',
  'setting.output': 'output',
  'setting.optimizer': 'training',
  'setting.precision': 'precision',
  'setting.seed': 'seed',
  'setting.seedIs': 'seed {seed}',

  'init.factor': 'randn × factor',
  'init.factor.label': 'factor',
  'init.zeros': 'Zeros',
  'init.he_normal': 'He',
  'init.he_uniform': 'He uniform',
  'init.glorot_normal': 'Glorot',
  'init.glorot_uniform': 'Glorot uniform',
  'init.lecun_normal': 'LeCun',
  'init.constant': 'Constant',
  'init.orthogonal': 'Orthogonal',
  'init.uniform': 'Uniform',
  'init.randomized_asymmetric': 'Randomized asymmetric',

  'parameter.biasStd.short': 'bias std',
  'parameter.slope.short': 'slope',
  'parameter.l2.short': 'L2',
  'parameter.beta1.short': 'β₁',
  'parameter.beta2.short': 'β₂',

  'state.start': 'not trained yet',
  'state.start.why':
    'Iteration 0: what you see is what the initial weights compute. The best answer that is the same for every example costs {chance}.',
  'state.diverged': 'diverged at iteration {iteration}: cost is NaN because a step overflowed',
  'state.diverged.why':
    'The cost is not a number from iteration {iteration} on: a step was so large that weights or sums overflowed.',
  'state.infinite': 'diverged at iteration {iteration}: cost is infinite because an output rounds to 0 or 1',
  'state.infinite.why':
    'The cost is infinite because an output is exactly 0 or 1 on an example of the other class, and −ln 0 is infinite: the weights are so large that the output unit rounds to certainty.',
  'state.infiniteStart': 'cost infinite from the start: an output rounds to 0 or 1',
  'state.infiniteAgain': 'cost infinite again: an output rounds to 0 or 1',
  'state.nanStart': 'cost NaN from the start: the signals overflow',
  'state.nanStart.why':
    'The cost is not a number: the weights are so large that the sums of a layer overflow before any training.',
  'state.zero': 'no weight moves: all are 0',
  'state.zero.why':
    'All weights are 0, so each of the {units} hidden units gives the same value for every example, and every hidden weight’s gradient is 0 too: each is a product with a later weight. Only the output can change, and it does so alike for all examples.',
  'state.symmetric': 'all {units} hidden units compute one function',
  'state.symmetric.why':
    'The {units} units started equal, get equal gradients and so stay equal: the network is one unit wide, whatever is drawn.',
  'state.symmetricLayer': 'all {units} units of layer {layer} compute one function',
  'state.symmetricLayer.why':
    'The {units} units of layer {layer} started equal, get equal gradients and so stay equal: the layer is one unit wide.',
  'state.duplicates': '{distinct} different units among {units} in layer {layer}',
  'state.duplicates.why':
    'Units with equal weights get equal gradients and stay equal, so layer {layer} is only {distinct} wide.',
  'state.deadLayer': 'all {units} units of layer {layer} are dead',
  'state.deadLayer.why':
    'Every unit of layer {layer} is 0 on every training example. A ReLU that is 0 passes no gradient back, so no weight of this layer or below learns any more.',
  'state.dead': '{dead} of {units} units dead',
  'state.dead.why':
    'Dead, that is 0 on every training example: {dead} of {units} units. A ReLU that is 0 gets no gradient itself: it comes back only if the layers below move its input.',
  'state.thinned': 'healthy, {dead} of {units} units dead',
  'state.thinned.why':
    '{train} of the training examples are right. Dead, that is 0 on every one of them: {dead} of {units} units.',
  'state.saturated': 'layer {layer} {share} saturated',
  'state.saturated.why':
    '{share} of the activations of layer {layer} sit where the curve is flat, so their gradient is almost 0 and the units learn slowly or not at all.',
  'state.saturatedYet': 'learned, though layer {layer} is {share} saturated',
  'state.saturatedYet.why':
    '{share} of the activations of layer {layer} sit where the curve is flat and pass almost no gradient. The others have learned: {train} of the training examples are right.',
  'state.line': 'as good as a straight line gets',
  'state.line.why':
    'Without a hidden layer the boundary is one straight line and the cost is convex: every start ends here, at cost {cost}.',
  'state.plateau': 'still on the plateau: a late start',
  'state.plateau.why':
    'The cost is that of knowing nothing and the gradient is only {gradient}: each layer’s gradient is a product with the other layers’ small weights. It can leave the plateau, but late, and a deep network perhaps not within your patience.',
  'state.slow': 'hardly better than one answer for all',
  'state.slow.why':
    'The cost is near that of one answer for all and falls slowly; the gradient is {gradient}. Wait, or try a larger learning rate.',
  'state.faint': 'right side, no certainty yet',
  'state.faint.why':
    '{train} of the training examples are on their right side, but the output is nearly the same for all: the cost, {cost}, is still that of knowing nothing.',
  'state.stuck': 'stuck',
  'state.stuck.why':
    'The gradient is only {gradient}, yet no more than {train} of the training examples are right: the training came to rest where the cost is almost flat.',
  'state.stuckDead': 'stuck: {dead} of {units} units of layer {layer} dead',
  'state.stuckDead.why':
    '{dead} of the {units} units of layer {layer} are 0 on every training example (at the start {before}). What is left has a gradient of {gradient}, too little to move anything: the training came to rest with {train} right.',
  'state.stuckOutput': 'stuck: the output is at −1 or 1',
  'state.stuckOutput.why':
    'On {share} of the training examples the output is at −1 or 1, where tanh is flat. What is left has a gradient of {gradient}, too little to move anything: the training came to rest with {train} right.',
  'state.healthy': 'healthy',
  'state.healthy.why': 'The units differ, pass gradients, and {train} of the training examples are right.',
  'state.learning': 'learning',
  'state.learning.why': '{train} of the training examples are right so far.',
  'state.chance': 'near chance',
  'state.chance.why':
    'The boundary separates little yet: {train} of the training examples are right, and one answer for all reaches {constant}.',
  'state.overfits': 'fits the sample, not the rule',
  'state.overfits.why':
    '{train} of the training examples are right but only {test} of the test examples: the boundary follows the sample.',

  'term.train':
    'Training accuracy: share of the training examples on the right side of the boundary, P > 0.5 for class 1.',
  'term.test':
    'Test accuracy: the same share on examples that the training never saw. A dash means that there is no test part.',
  'term.cost':
    'Cost J: the mean of −y ln a − (1 − y) ln(1 − a) over the training examples (for a tanh output the mean of (a − y)²/2), with the L2 term if there is one.',
  'term.iteration':
    'One iteration is one update of all weights: on the whole training part, or on one mini-batch.',
  'term.factor': 'Factor: the weights are drawn as randn × factor, so it is their standard deviation.',
  'term.seed':
    'The seed names the random draw: the same seed gives the same weights on every computer, and the normal ones that share it (randn × factor, LeCun, Glorot, He) differ only by each layer’s size.',
  'term.width': 'Units of each hidden layer, from the input to the output.',
  'term.output':
    'Sigmoid: a = 1 / (1 + e^−z), trained on cross-entropy. Tanh: a = tanh z, trained on (a − y)²/2 with labels −1 and 1; P is then (a + 1)/2.',
  'term.precision':
    'Bits of a number: float64 has about 16 digits and gives the course’s figures, float32 has 7 and is faster.',

  'share.title': 'Share',
  'share.link': 'Copy link',
  'share.embed': 'Embed in notes …',
  'share.copied': 'Copied',
  'share.failed': 'The browser did not allow copying: copy it here',
  'share.text': 'What to copy',
  'share.broken': 'That did not work ({message}).',
  'share.png': 'Picture of all runs (PNG)',
  'share.long': 'a link of {count} characters, too long for a picture',
  'share.csv': 'History of all runs (CSV)',
  'share.json': 'Spec, weights and result (JSON)',
  'share.numpy': 'NumPy script of {name}',
  'share.print': 'Print this page',

  'keys.title': 'Keyboard',

  'figure.at': 'iteration {iteration} of {iterations}',
  'embed.sandbox':
    'This frame’s sandbox has no allow-same-origin, so nothing can be trained in it: write sandbox="allow-scripts allow-same-origin", or no sandbox at all.',
  'figure.open': 'Open in the lab',
};
