/** The words of the page "Teach". */
export default {
  title: 'Teach: six lessons — Init Lab',
  heading: 'Six lessons',
  lead: 'Each lesson asks a question, takes a prediction, and then trains the answer. Learners rank the runs, lock their order, and compare it with the result. Nothing is stored or sent. Every lesson prints as a handout with empty fields, its link and a QR code.',
  minutes: '{minutes} minutes',
  begin: 'Begin this lesson',
  open: 'Open in the lab',
  print: 'Print the handout',
  rank: 'Which run has the highest training accuracy at the end?',
  see: 'What you should see:',
  qr: 'QR code of the link',
  name: 'Name:',
  run: 'run',
  predicted: 'my rank',
  measured: 'measured',
  because: 'I think so because',
  observed: 'What I observed',

  'lesson.smaller.question': 'Is smaller safer?',
  'lesson.smaller.setting':
    'Three networks get the same data, the same random weights and 15,000 iterations. Their initial weights are multiplied by 10, 0.1 and 0.01.',
  'lesson.smaller.see':
    '× 10 ends at 83 %, × 0.1 at 60 %, × 0.01 at 46 %. The two small ones are still on the plateau at cost 0.693: they are late, not lost.',
  'lesson.smaller.more.1': 'What happens to × 0.1 with 40,000 iterations?',
  'lesson.smaller.more.2':
    'Take × 0.3 and one, two or three hidden layers. Which network leaves the plateau first?',

  'lesson.zeros.question': 'Can a network learn from equal weights?',
  'lesson.zeros.setting':
    'One hidden layer of four tanh units on the flower. The weights start at zero, at one constant, or at small random numbers.',
  'lesson.zeros.see':
    'Zeros stay at 50 %. The constant does little better: four units act as one. Only random weights, however small, let the units differ.',
  'lesson.zeros.more.1':
    'Which other initializations leave the plateau on the flower? Click a unit to see what it computes.',
  'lesson.zeros.more.2':
    'With sigmoid units and unequal classes, zeros do learn something. What stays the same?',

  'lesson.depth.question': 'Do deeper networks need larger weights?',
  'lesson.depth.setting':
    'Sixteen layers of 20 ReLU units on the circles. The weights start at half of He’s scale, at He’s scale and at twice He’s scale.',
  'lesson.depth.see':
    'Only He’s scale learns. At half of it the signal halves in each layer, at twice it doubles: the right scale is the same at every depth, but depth tolerates less error.',
  'lesson.depth.more.1': 'The same three scales with two layers: which of them learn?',
  'lesson.depth.more.2': 'Thirty-two layers of tanh: which scale is the right one there?',

  'lesson.framework.question': 'Does your framework choose well?',
  'lesson.framework.setting':
    'Eight layers of 20 ReLU units on the circles, learning rate 0.1. One network starts from the weights that PyTorch’s nn.Linear draws, the other from He initialization.',
  'lesson.framework.see':
    'PyTorch’s weights have a sixth of He’s variance. After eight layers almost no signal is left, and the cost stays near 0.693 for all 3,000 iterations. He reaches 99 %.',
  'lesson.framework.more.1': 'And with two layers?',
  'lesson.framework.more.2': 'And with sixteen? Write the lines that set He initialization in PyTorch.',

  'lesson.adam.question': 'Does Adam repair a bad initialization?',
  'lesson.adam.setting':
    'The exercise’s network for 6,000 iterations at learning rate 0.01. From × 0.01: gradient descent, momentum and Adam. From zeros: Adam.',
  'lesson.adam.see':
    'Adam leaves the plateau of × 0.01 within 100 iterations; the other two do not leave it. From zeros nothing moves: no gradient, no step.',
  'lesson.adam.more.1':
    'At learning rate 3, momentum leaves the plateau too. Which learning rate of PyTorch is this?',
  'lesson.adam.more.2': 'Add a run with × 10 and Adam. Does it end where He ends?',

  'lesson.large.question': 'What do large weights cost?',
  'lesson.large.setting':
    'Three networks start from × 10 with different seeds, one from He initialization: 15,000 iterations.',
  'lesson.large.see':
    'The three seeds end at 83, 89 and 71 %, He at 99 %. The first cost of × 10 is infinite, and every step overshoots: where training ends is luck.',
  'lesson.large.more.1': 'Does a hundredth of the learning rate help?',
  'lesson.large.more.2': 'How many units are dead at the end when weights and steps are large?',

  'more.heading': 'For your own course',
  'more.embed':
    '<a href="./embedding.html">Embed</a> any experiment in notes, slides, notebooks or a learning platform.',
  'more.notebook':
    '<a href="./notebook.html">Notebook figures</a>: the course’s numbers, computed by your browser beside NumPy’s.',
  'more.api': '<a href="./api.html">API reference</a> of the package and the element.',
};
