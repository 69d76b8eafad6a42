/**
 * The words of the page "Why". Texts may hold inline HTML. Numbers in them are checked by
 * tests/js/claims.test.js.
 */
export default {
  title: 'Why: how should you initialize a network’s weights? — Init Lab',
  heading: 'Why the initial weights decide',
  lead: 'A learner scaled the random initial weights by 10, 0.1 and 0.01 and got 83&nbsp;%, 60&nbsp;% and 46&nbsp;% training accuracy. Why is smaller worse? Do deeper networks need larger weights? Where should you start?',
  maths: 'Show me the maths',
  steps: 'Steps of this article',

  'exercise.heading': 'One network, four initializations',
  'exercise.caption':
    'The same 300 points, the same network (10 and 5 ReLU units), the same 15,000 iterations of gradient descent at learning rate 0.01. Only the initial weights differ. ×&nbsp;10 ends at 83&nbsp;%, ×&nbsp;0.1 at 60&nbsp;%, ×&nbsp;0.01 at 46&nbsp;%: worse than a coin flip. He initialization ends at 99&nbsp;%. All four match <a href="./notebook.html">the notebook digit for digit</a>.',

  'answer.heading': 'The answer in four sentences',
  'answer.later':
    '<b>×&nbsp;0.01 fails at 15,000 iterations</b> because its gradients are products of small weights: <a href="#later">learning has not begun</a>.',
  'answer.symmetry':
    '<b>Zeros do not learn</b> because units that start equal <a href="#symmetry">get equal gradients and stay equal</a>.',
  'answer.lottery':
    '<b>×&nbsp;10 is luck</b> because its steps overshoot, and <a href="#lottery">even a rounding error</a> changes where training ends.',
  'answer.deep':
    '<b>The right scale</b> keeps the signal the same size from layer to layer: weight variance 2/n<sub>in</sub> for ReLU, 1/n<sub>in</sub> for tanh. It is the same at every depth, but <a href="#deep">deeper networks tolerate less error</a>.',
  'answer.more':
    'The steps below show each answer, then what frameworks do, and end with a <a href="#start">table of initializations</a>. Every figure trains while you look at it and opens in the lab.',

  'later.heading': 'Small weights learn later, not worse',
  'later.text':
    'Each layer’s gradient is multiplied by the weights of the later layers. With three layers of weights, a tenth of the weights gives a hundredth of the gradient. Until the weights have grown, the cost sits at ln&nbsp;2&nbsp;≈&nbsp;0.6931, the score of a coin flip. Accuracy means nothing there: an output of 0.4999 or 0.5001 decides it.',
  'later.caption':
    'Same network, three factors. The cost falls below 0.6 after 3,600 iterations for ×&nbsp;1, 29,800 for ×&nbsp;0.1 and 300,500 for ×&nbsp;0.01. The exercise’s 15,000 iterations stop before learning begins. After 40,000, ×&nbsp;0.1 is at cost 0.0633 and 99&nbsp;%, where ×&nbsp;1 was after 14,000. <a data-claim="latest">×&nbsp;0.01 needs about 320,000.</a>',
  'later.depth':
    'Each additional layer is one more small factor in the product. The deeper the network, the more a small initialization costs.',
  'later.table':
    'Iterations until the cost is below 0.6 (circles, layers of 10 ReLU units, learning rate 0.1)',
  'later.table.layers': 'hidden layers',
  'later.table.0.3': '× 0.3',
  'later.table.0.1': '× 0.1',
  'later.table.0.03': '× 0.03',
  'wait.1.0.3': '1,000',
  'wait.1.0.1': '1,700',
  'wait.1.0.03': '2,500',
  'wait.2.0.3': '800',
  'wait.2.0.1': '2,600',
  'wait.2.0.03': '8,900',
  'wait.3.0.3': '700',
  'wait.3.0.1': '4,700',
  'wait.3.0.03': '48,600',
  'later.open':
    'Open the <a data-claim="deeper">six small factors</a> and <a data-claim="moderate">× 0.3</a> in the lab, or see <a href="./sweeps.html#factor">all factors at once</a>.',
  'later.maths.gradient':
    'For three layers of weights, with D = 1 where a ReLU is active and 0 elsewhere, and δ the error of the output (about ½ at first):',
  'later.maths.size':
    'If all weights have size s and the network has k hidden layers, each layer’s gradient is a product of k factors of size s, either weights behind it or the signal in front of it. A step changes s in proportion to its gradient:',
  'later.maths.wait': 'wait',
  'later.maths.laws':
    'With one hidden layer the wait grows as the logarithm of 1/s, with two as 1/s, with three as 1/s². Saxe et al. 2013 found these plateaus in deep linear networks. The point 0 is a saddle of the cost: every gradient vanishes there, but it is not a minimum.',

  'symmetry.heading': 'Zeros and equal weights cannot break symmetry',
  'symmetry.text':
    'Units with equal weights see the same input, get the same gradient and take the same step, so they stay equal. With zeros and ReLU or tanh, every hidden signal is 0 too, and no weight ever moves. Random weights break the symmetry, however small they are.',
  'symmetry.caption':
    'One hidden layer of four tanh units on the flower. Zeros: nothing moves. Constant: four units move as one. ×&nbsp;0.01 ends with four different units and above 90&nbsp;%.',
  'symmetry.maths':
    'With zeros the gradient of a hidden weight contains the output weights, which are 0. The gradient of an output weight contains the hidden activations, which are 0 for ReLU and tanh. Sigmoid units output ½ instead, so their output weights do move, and <a data-claim="zeros-sigmoid">the network learns something when the classes are not of equal size</a>; but all units still stay equal. Symmetry is the reason, not the zero.',

  'lottery.heading': 'Large weights turn training into luck',
  'lottery.text':
    'With ×&nbsp;10 the output unit sees numbers in the thousands, and its sigmoid rounds to exactly 1 on all 300 points. For the half of class 0 the cost is then infinite: the notebook prints <code>inf</code>. The first gradients are a hundred times those of ×&nbsp;1, so every step overshoots, and where training ends up is luck.',
  'lottery.caption':
    'Three seeds of ×&nbsp;10 end at 83, 89 and 71&nbsp;%. He initialization ends at 99&nbsp;%.',
  'lottery.butterfly':
    'Chaos, measured: one weight is changed by 4&nbsp;·&nbsp;10<sup>−15</sup>, its last binary digit. With ×&nbsp;10 the two trainings are more than a thousandth apart within 300 iterations. With He initialization they agree to the last digit. So two computers that round differently agree on the cost of ×&nbsp;10 to about two digits only.',
  'lottery.maths':
    'A smaller learning rate removes the overshooting but not the problem: the weights stay close to their random start, and with them the function. <a data-claim="slower">A hundredth of the learning rate and ten times the iterations</a> end three seeds at 52, 74 and 74&nbsp;%.',
  'lottery.maths.step':
    'A step of gradient descent overshoots along a direction whose curvature is above 2 divided by the learning rate (Cohen et al. 2021). Curvature grows with the weights: large weights need small steps.',

  'lazy.heading': 'Large weights hardly move, small ones move far',
  'lazy.text':
    'Training changes large weights by a small share only: the network stays near its random function and learns by reweighting it. This is called lazy. Small weights travel many times their own length, and their units find the shape of the data. This is called rich. Rich networks learn later.',
  'lazy.caption':
    'How far the weights moved, in parts of their initial length, after 50,000 iterations of the exercise; three seeds each. Filled: test accuracy of at least 75&nbsp;%. Squares: the lines on which the ten units of the first layer bend, dashed at the start, solid at the end. ×&nbsp;0.1 moves more than ten times its length, ×&nbsp;1 about once, ×&nbsp;10 less than a fifth.',
  'lazy.maths':
    'Plotted is |W − W₀| / |W₀| over all weights. A network whose outputs are scaled by α needs changes of about 1/α to fit the labels; for large α it behaves like its linearization at the start (Chizat, Oyallon and Bach 2019). ×&nbsp;0.03 is hollow: it waits on the <a href="#later">plateau</a>.',

  'deep.heading': 'Deeper networks need the same scale, but more exactly',
  'deep.text':
    'The right scale stays the same; the tolerance around it shrinks. At half of He’s scale the signal halves in each layer, at twice it doubles: after sixteen layers it is tens of thousands of times smaller or larger. Sixteen layers learn from He’s scale and from neither of the others. <a data-claim="shallow">With two layers all three learn.</a>',
  'deep.caption':
    'Sixteen layers of 20 ReLU units. With He initialization nine of ten seeds pass 75&nbsp;% within these 1,000 iterations, the tenth soon after.',
  'deep.maths.assume':
    'Let the weights be independent with mean 0 and the biases 0. Then the variance of a pre-activation is a sum of n<sub>in</sub> equal terms:',
  'deep.maths.half': 'z is symmetric around 0, so ReLU keeps exactly half of the second moment:',
  'deep.maths.forward':
    'Together, one layer multiplies the variance by n<sub>in</sub> Var W / 2. It stays constant when this factor is 1 (He et al. 2015):',
  'deep.maths.backward':
    'Backward, the transposed matrix carries the error, and ReLU’s slope passes half of it:',
  'deep.maths.both':
    'The gradient stays constant when Var W = 2/n<sub>out</sub>. In layers of equal width both conditions are the same; Glorot’s 2/(n<sub>in</sub> + n<sub>out</sub>) is the compromise for tanh, whose slope at 0 is 1. After L layers a factor of 1 + ε has become (1 + ε)<sup>L</sup>: this is why depth asks for exactness. Residual networks differ: every branch adds to the signal, so depth asks for smaller branches there, for instance a factor 1/√L (Zhang et al. 2019).',
  'deep.map': 'The same question as a map: each cell is a trained network.',
  'deep.map.caption':
    'Row: hidden layers. Column: weight standard deviation times √n<sub>in</sub>. The line at √2 is He initialization. The band of learning networks stays on the line and narrows with depth. The weak cells on the left are late starts. <a href="./maps.html">The large map</a> has all depths, tanh and other methods.',

  'framework.heading': 'PyTorch’s default is too small for eight ReLU layers',
  'framework.text':
    '<code>nn.Linear</code> draws weights with a sixth of He’s variance. Two layers do not mind. Eight ReLU layers never leave ln&nbsp;2 in these 3,000 iterations, where He initialization reaches 99&nbsp;%; <a data-claim="framework-deep">sixteen layers do not either</a>. Keras uses Glorot uniform, half of He’s variance in layers of equal width. The fix is four lines.',
  'framework.caption':
    'Circles, eight layers of 20 ReLU units, learning rate 0.1. PyTorch’s default weights and biases against He initialization. <a data-claim="framework-shallow">With two layers both learn.</a>',
  'framework.maths':
    'The source says <code>kaiming_uniform_(a=√5)</code>, which simplifies to a uniform distribution within ±1/√n<sub>in</sub> (LeCun et al. 1998 had tanh in mind):',

  'normalization.heading': 'Normalization makes the scale forgettable, not the depth',
  'normalization.text':
    'Batch and layer normalization rescale every layer’s signal to variance 1, whatever the weights are. Without it, neither ×&nbsp;0.01 nor ×&nbsp;1 learns in eight layers. With batch normalization, both pass 98&nbsp;%. The scale does not vanish: it sets how fast the weights turn, like a learning rate. And very deep plain stacks still fail.',
  'normalization.caption':
    'Circles, eight layers of 20 ReLU units, learning rate 0.02. Left two: plain. Right two: batch normalization before each ReLU. The <a href="./maps.html#network=batch">map of depth and scale</a> shows batch and layer normalization for every depth.',
  'normalization.maths':
    'Mean μ and variance σ² are taken over the batch (Ioffe and Szegedy 2015) or over the units of the layer (Ba, Kiros and Hinton 2016). A factor c on the weights cancels, up to ε:',
  'normalization.maths.backward':
    'The gradient of W is then divided by c, so a step turns the weights by 1/c² of their length: ×&nbsp;10 trains like a hundredth of the learning rate. Backward through batch normalization and ReLU, the gradient grows by √(π/(π − 1)) ≈ 1.21 in each wide layer (Yang et al. 2019): 64 layers make it 200,000 times as large. Layer normalization keeps it within a few percent.',

  'residual.heading': 'Residual networks want smaller branches, the deeper the smaller',
  'residual.text':
    'A skip connection adds each layer’s output to its input, so the signal cannot fade. It can explode: with He in every branch the variance doubles in each layer. Branches times <span class="whole">1/√L</span> cure it at any depth. Thirty-two such layers reach 98&nbsp;% where the plain stack stays near ln&nbsp;2.',
  'residual.caption':
    'Circles, 32 layers of 10 ReLU units, He initialization, learning rate 0.05. Plain, with skip connections, with skip connections times 1/√L. <a href="./maps.html#skips">Up to 256 layers</a>.',
  'residual.maths':
    'With branch scale s, He initialization and independent branches, each layer adds s² times the variance of its input:',
  'residual.maths.size':
    's = 1 gives 2<sup>L</sup>. s = 1/√L gives (1 + 1/L)<sup>L</sup> → e. s = 0, learned, gives 1: SkipInit and ReZero start there (De and Smith 2020, Bachlechner et al. 2020); Fixup also rescales the branch’s own layers (Zhang et al. 2019).',

  'width.heading': 'Under µP the best learning rate does not depend on the width',
  'width.text':
    'He initialization keeps the signal for every width, but not the size of a step: wider networks need a smaller learning rate. The maximal update parametrization (µP) scales the start and the rate of each layer with its width. A rate that is found on a small network then fits a large one.',
  'width.caption':
    'Digits, two hidden layers of 16, 64 and 256 ReLU units, 200 iterations of Adam, one seed. Light: low cost. <a href="./maps.html#width">The large map</a> has six widths and medians of three seeds.',
  'width.maths':
    'Variance at the start, and factors on the learning rate, up to constants that make µP equal to the standard parametrization at a base width (Yang, Hu et al. 2021, table 3). The standard one has variance 1/n<sub>in</sub> and factor 1 everywhere:',
  'width.layer': 'layer',
  'width.variance': 'variance',
  'width.sgd': 'rate, gradient descent',
  'width.adam': 'rate, Adam',
  'width.input': 'input weights, biases',
  'width.hidden': 'hidden weights',
  'width.output': 'output weights',

  'scaling.heading': 'The scale must fit each layer',
  'scaling.text':
    'When layers differ, one factor for all is only right by luck or search. Here the fan-ins are 2, 100, 10, 100 and 10. ×&nbsp;1 is far too large for the wide layers; ×&nbsp;0.1 and ×&nbsp;0.01 are too small for the narrow ones. <a data-claim="searched">Any factor from 0.2 to 0.5 would work</a>, but you must search for it.',
  'scaling.caption':
    'Hidden layers of 100, 10, 100 and 10 ReLU units. He initialization uses each layer’s own fan-in and needs no search.',
  'scaling.pictures':
    'In the course’s picture network the first layer has 12,288 inputs. There, randn ×&nbsp;0.01 is almost exactly 1/√n<sub>in</sub> (0.009). Yet training ends at 65.6&nbsp;%, the share of the larger class, against 98.6&nbsp;%: the later layers, with 20, 7 and 5 inputs, needed 0.22 to 0.45. <a href="./pictures.html">Train it here</a>.',

  'output.heading': 'The output unit does not change the answer',
  'output.text':
    'A tanh output with squared error changes the last factor of the gradient and the scale of the cost, not the conclusion: its plateau is at 0.5 instead of 0.6931. The scale is a matter of the hidden units.',
  'output.caption':
    'Left two: sigmoid with cross-entropy. Right two: tanh with squared error. ×&nbsp;0.01 stays on its plateau under both; He initialization learns under both.',

  'classes.heading': 'Ten classes: the first cost must be near ln 10',
  'classes.text':
    'A network that knows nothing gives each of K classes the probability 1/K, and its first cost is ln&nbsp;K: 2.303 for ten. A first cost of 17 or 300 says that the last layers are too large. Exactly 2.303 that does not move says that they are too small. This check takes no training.',
  'classes.caption':
    'Handwritten digits, layers of 64, 32 and 16 ReLU units, softmax, 1,000 iterations. Four of the seven starts end at the share of the largest class; He reads 97&nbsp;% of the test digits.',
  'classes.maths': 'The cross-entropy of the right class at equal probabilities is',
  'classes.maths.plateau':
    'The plateau is at the entropy of the class shares, here 2.3013, just below ln&nbsp;10: the biases learn the shares, and nothing else moves. With one hidden layer ×&nbsp;0.01 learns too: depth decides what a small start costs.',

  'adam.heading': 'Adam leaves the plateau early, but repairs nothing else',
  'adam.text':
    'Adam divides each step by the usual size of its gradient, so small gradients give full steps. From ×&nbsp;0.01 it leaves the plateau within 100 iterations. It does not break the symmetry of zeros, and ×&nbsp;10 stays luck.',
  'adam.caption':
    'Learning rate 0.01, 6,000 iterations. From ×&nbsp;0.01, gradient descent and momentum do not leave the plateau; Adam reaches 99&nbsp;%. From zeros, Adam moves nothing.',
  'adam.maths':
    'The course’s momentum averages: v := β v + (1 − β) dW. PyTorch’s <code>SGD(momentum=0.9)</code> and Polyak 1964 sum: v := β v + dW, which is a step ten times as large at β = 0.9. So the course’s momentum at learning rate 3 is PyTorch’s at 0.3. At that rate <a data-claim="momentum">×&nbsp;0.01 leaves the plateau after 1,200 iterations</a>.',

  'inputs.heading': 'The rules assume inputs of size 1',
  'inputs.text':
    'The derivation keeps whatever size the inputs have. Inputs of size 0.01 act like a first layer that is a hundred times too small: He initialization gets 72&nbsp;% here and seems to fail. Standardize the inputs, or use LSUV, which measures the signal on the data (Mishkin and Matas 2016).',
  'inputs.caption':
    'Gaussian quantiles with coordinates of standard deviation 0.01. Same network, same learning rate 0.1; only LSUV has looked at the data.',

  'bias.heading': 'The output’s bias can start at the answer to “how many?”',
  'bias.text':
    'With rare classes, the first iterations only learn how rare they are. An output bias at the log-odds of class 1 gives that at once: with 10 of 100 examples in class 1, the first cost is 0.32 instead of 0.69. All other biases may start at 0.',
  'bias.caption':
    'Ninety points of class 0, ten of class 1. Same weights; on the right the output’s bias starts at −2.197.',
  'bias.maths':
    'The cost of a constant prediction p is least at the share of class 1. Outputs near 0 then cost 0.3251, the entropy of the shares, instead of ln 2. The sigmoid has this value at',

  'start.heading': 'Where to start',
  'start.text': '“Few” means up to four hidden layers, “many” means eight or more.',
  'start.units': 'hidden units',
  'start.few': 'few layers (1–4)',
  'start.many': 'many layers (8 or more)',
  'start.relu.few':
    'He: variance 2/n<sub>in</sub>. Any scale from half to twice of it learns too, at another pace.',
  'start.relu.many':
    'He, and wide layers: <a data-claim="narrow">ten layers of four ReLU units can be dead at the start</a>, in one seed of four (Lu et al. 2020). The spread between seeds grows with the sum of 1/width (Hanin, Rolnick 2018).',
  'start.leaky': 'leaky ReLU, slope a',
  'start.leaky.all': 'He with the slope: variance 2/((1 + a²) n<sub>in</sub>).',
  'start.tanh.few':
    'Any of LeCun, Glorot, orthogonal or He: <a data-claim="tanh-few">four layers reach 97 to 98&nbsp;% from each of them</a>, He slightly ahead.',
  'start.tanh.many':
    'LeCun, Glorot or orthogonal, with a gain of 1 to 1.6: 1/n<sub>in</sub> is the <a href="./maps.html#activation=tanh">edge of chaos</a> (Poole et al. 2016). <a data-claim="forgiven">Slightly too large still works; too small does not.</a>',
  'start.sigmoid': 'sigmoid',
  'start.sigmoid.few': 'Prefer tanh; otherwise Glorot with gain 4.',
  'start.sigmoid.many':
    'tanh: <a data-claim="sigmoid">with the usual gain of 1 four layers learn nothing</a>, <a data-claim="sigmoid-deep">with gain 4 sixteen layers do not either</a>.',
  'start.any': 'any',
  'start.any.all':
    'Set biases to 0, draw weights at random, and look at the signals at iteration 0 (in the lab, beside the cost): activations and gradients should be as large in the last layer as in the first. If the fourth digit of the cost stays the same for hundreds of iterations, the weights are too small (or units are dead). If the cost is infinite, they are too large. Be patient otherwise: in the first figure even He stays near ln&nbsp;2 for 2,000 iterations.',
  'start.caption': 'Two layers of tanh on the circles, from four scales.',
  'start.deep.caption':
    'Thirty-two layers of tanh on the moons: half of LeCun, Glorot, orthogonal, three times LeCun.',

  'references.heading': 'References',
  'references.course':
    'deeplearning.ai. Improving deep neural networks, week 1: Initialization (the notebook of the question).',
};
