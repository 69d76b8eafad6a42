/** The words of the page "Embed". Texts may hold inline HTML. */
export default {
  title: 'Embed an experiment — Init Lab',
  heading: 'Embed an experiment in your notes',
  lead: 'Build any experiment in <a href="./index.html">the lab</a>, then choose <i>Share → Embed in notes</i>. No account, no special headers, no third-party requests.',
  'frame.heading': 'As an iframe',
  'frame.text': 'Works everywhere, also in a learning platform. The lab writes this line for any experiment.',
  'frame.query':
    'Put the attributes below after the <code>?</code> (<code>?preset=zeros&amp;hide=chart&amp;theme=dark</code>), or the text of a lab link; add <code>lang=de</code> for German. The frame posts its height to the parent page as a message <code>{ type: \'init-lab:height\', height }</code>: <a href="./examples/iframe-height.js">nine lines</a> resize the frame. A frame with <code>sandbox</code> needs <code>allow-scripts</code>.',
  'element.heading': 'As an element',
  'element.text':
    '<a href="./init-lab.js" download>init-lab.js</a> contains everything, so it can be served from your host or from another. Several elements on one page share one worker; each trains while it is visible and pauses out of sight.',
  attributes: 'Attributes; they may change at any time',
  'attribute.experiment':
    'the text of a lab link after <code>#</code>, or JSON as on the command line: an experiment, a list of experiments or a preset, see the <a href="./experiment.schema.json">schema</a>. Missing fields have the same defaults as on the command line',
  'attribute.seed': 'the seed of the weights, instead of the experiment’s',
  'attribute.predict':
    '<code>rank</code>: the learner ranks the runs and locks the order before the training; states stay hidden until its end',
  'attribute.height': 'height of the element in pixels; the rest scrolls',
  'attribute.theme': '<code>light</code> or <code>dark</code>; default: same as the reader’s system',
  'attribute.autoplay': '<code>off</code>: shows iteration 0 and waits for a click',
  properties: 'Properties, methods and events',
  'property.experiment': 'returns the text of a link; accepts a link, JSON or an object',
  'property.methods': 'same as the buttons; <code>reset()</code> restarts with the same initial weights',
  'event.progress':
    'fires for each picture with <code>detail: { iteration, iterations }</code>: the iteration that all runs have reached',
  'event.change': 'fires when a setting has changed, or training has started or paused',
  'event.done': 'fires when all runs have reached the last iteration',
  'event.predicted':
    "fires when the training ends after a prediction, with <code>detail: { prediction, result, right, pairs }</code>; a frame posts <code>{ type: 'init-lab:predicted', … }</code> to the parent page",
  'variables.text':
    'The page’s styles do not reach inside the element. Set CSS variables on it, for instance <code>init-lab { --paper: white; --face: Georgia, serif }</code>:',
  variables: 'CSS variables',
  'variable.backgrounds':
    'backgrounds: of the element, of pressed or waiting parts, of a field where P = 0.5',
  'variable.text': 'text, secondary text, hairlines, lines under controls, focus ring',
  'variable.classes': 'points and fields of the two classes',
  'variable.runs': 'lines of the runs',
  'variable.tones': 'text of a run’s state',
  'variable.face': 'typeface and the two text sizes',
  'notebook.heading': 'In a notebook',
  'notebook.text':
    '<a href="./init-lab-widget.js" download>init-lab-widget.js</a> is a module for anywidget (Jupyter, JupyterLite) and MyST: see <a href="./examples/notebook/lab.ipynb" download>the notebook</a> and <a href="./examples/myst/notes.md">the MyST page</a>. The attributes above are its traits, and <code>iteration</code> follows the training.',
  'disk.heading': 'From disk',
  'disk.text':
    '<a href="./standalone.html" download>standalone.html</a> is the whole lab in one file. A double-click opens it, without a network.',
  'examples.heading': 'Examples to copy',
  'example.iframe': '<a href="./examples/iframe.html">Plain HTML with an iframe</a> that adjusts its height',
  'example.element':
    '<a href="./examples/element.html">Plain HTML with the element</a>, its events and methods',
  'example.slides': '<a href="./examples/slides.html">Slides with reveal.js</a>',
  'example.lms': '<a href="./examples/lms.html">A learning platform</a> that allows only a frame',
  'programs.heading': 'For programs',
  'policy.heading': 'Under a strict policy',
  'policy.text':
    'The pages run under this policy and need nothing beyond it. A page that loads the element from another host adds that host to <code>script-src</code>.',
  'attribute.preset': 'the name of an experiment that ships with the lab:',
  'attribute.hide':
    'any of <code>controls</code>, <code>chart</code>, <code>data</code> (the points) and <code>link</code> (to the lab)',
  'programs.text':
    'The package: <a href="./api.html">API reference</a>. Editors complete experiments from <a href="./experiment.schema.json">the schema</a>: name it in a JSON file as <code>"$schema"</code>, in a YAML file by a first line <code># yaml-language-server: $schema=experiment.schema.json</code>.',
};
