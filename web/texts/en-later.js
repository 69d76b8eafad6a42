// English texts of parts that are loaded when needed (see later.js). A group of keys, such as
// "keys.…", lies either here or in en.js.

export default {
  'tour.title': 'Tour of the lab',
  'tour.step': 'Step {step} of {steps}: {name}',
  'tour.skip': 'Skip',
  'tour.back': 'Back',
  'tour.next': 'Next',
  'tour.done': 'Done',
  'tour.keys': 'Keys',
  'tour.why': 'Why, step by step',
  'tour.cards': 'Compare the starts',
  'tour.cards.text':
    'Each card is one network. Data, network and training are the same; only the initial weights differ. The strip under a name shows how large the weights of each layer are: the outline is the start, the fill is now. Weights in the pale band keep the scale of the signal.',
  'tour.charts': 'Watch them train',
  'tour.charts.text':
    'Train starts all runs at once. The cost falls where a network learns. The signals show the reason: where they fade or grow from layer to layer, the gradients do so too.',
  'tour.setup': 'Change one thing',
  'tour.setup.text':
    'Choose another initializer in a card, or drag its factor. Here you see the formula and the line of code of the selected run, and change data, network and training. Everything trains again at once.',
  'tour.landscape': 'Ask why',
  'tour.landscape.text':
    'These maps show the cost around the weights and each run’s path across it. A small start waits on a saddle; a large one sits on a cliff. In a card, “why?” gives the reason for its state.',

  'keys.key.Space': 'Space',
  'keys.key.Shift': 'Shift',
  'keys.key.Home': 'Home',
  'keys.key.End': 'End',
  'keys.key.Delete': 'Delete',
  'keys.key.Ctrl': 'Ctrl',
  'keys.space': 'train or pause',
  'keys.step': 'one iteration forward',
  'keys.back': 'one iteration back',
  'keys.jump': 'jump 5 % forward or back',
  'keys.ends': 'to the start or the end',
  'keys.reset': 'restart with the same weights',
  'keys.redraw': 'draw new weights',
  'keys.number': 'look inside run 1 … 8',
  'keys.solo': 'show the selected run large, or all again',
  'keys.log': 'linear or log axis',
  'keys.accuracy': 'cost or accuracy',
  'keys.add': 'duplicate the selected run',
  'keys.name': 'rename the selected run',
  'keys.move': 'move the selected run left or right',
  'keys.remove': 'remove the selected run',
  'keys.undo': 'undo a removal or a replacement',
  'keys.experiments': 'choose an experiment',
  'keys.help': 'open the tour and this list',
  'keys.letters': 'Single-key shortcuts',
  'keys.text':
    'Tab reaches everything else; among the runs it stops at each name and at the controls of the selected run. Enter opens a menu and Escape closes it. The browser’s Back button undoes any other change.',
};
