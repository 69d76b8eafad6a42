/** Die Wörter der Seite „Einbetten“. */
export default {
  title: 'Ein Experiment einbetten — Init Lab',
  heading: 'Ein Experiment in Kursunterlagen einbetten',
  lead: 'Stellen Sie ein Experiment im <a href="./index.html">Labor</a> zusammen und wählen Sie <i>Teilen → In Kursunterlagen einbetten</i>. Kein Konto, keine besonderen Header, keine Anfragen an Dritte.',
  'frame.heading': 'Als iframe',
  'frame.text':
    'Geht überall, auch in einer Lernplattform. Das Labor schreibt diese Zeile für jedes Experiment.',
  'frame.query':
    'Die Attribute unten stehen hinter dem <code>?</code> (<code>?preset=zeros&amp;hide=chart&amp;theme=dark</code>), oder der Text eines Links des Labors; dazu <code>lang=de</code> für Deutsch. Der Rahmen schickt der Seite um ihn herum seine Höhe als Nachricht <code>{ type: \'init-lab:height\', height }</code>: <a href="./examples/iframe-height.js">neun Zeilen</a> passen den Rahmen an. Ein Rahmen mit <code>sandbox</code> braucht <code>allow-scripts</code>.',
  'element.heading': 'Als Element',
  'element.text':
    '<a href="./init-lab.js" download>init-lab.js</a> enthält alles und kann auf Ihrem oder einem anderen Server liegen. Mehrere Elemente einer Seite teilen sich einen Worker; jedes trainiert, solange es sichtbar ist, und pausiert sonst.',
  attributes: 'Attribute; sie dürfen sich jederzeit ändern',
  'attribute.experiment':
    'der Text eines Links des Labors hinter <code>#</code>, oder JSON wie auf der Kommandozeile: ein Experiment, eine Liste oder eine Vorlage, siehe das <a href="./experiment.schema.json">Schema</a>. Fehlende Felder haben dieselben Vorgaben wie auf der Kommandozeile',
  'attribute.seed': 'der Seed der Gewichte, statt dem des Experiments',
  'attribute.predict':
    '<code>rank</code>: Lernende ordnen die Läufe und legen sich fest, bevor trainiert wird; Zustände bleiben bis zum Ende verborgen',
  'attribute.height': 'Höhe des Elements in Pixeln; der Rest wird gerollt',
  'attribute.theme': '<code>light</code> oder <code>dark</code>; sonst wie das System der Lesenden',
  'attribute.autoplay': '<code>off</code>: zeigt Iteration 0 und wartet auf einen Klick',
  properties: 'Eigenschaften, Methoden und Ereignisse',
  'property.experiment': 'gibt den Text eines Links zurück; nimmt einen Link, JSON oder ein Objekt an',
  'property.methods':
    'wie die Schaltflächen; <code>reset()</code> beginnt neu mit denselben ersten Gewichten',
  'event.progress':
    'bei jedem Bild, mit <code>detail: { iteration, iterations }</code>: die Iteration, die alle Läufe erreicht haben',
  'event.change': 'wenn sich eine Einstellung geändert hat oder das Training begonnen oder pausiert hat',
  'event.done': 'wenn alle Läufe die letzte Iteration erreicht haben',
  'event.predicted':
    "wenn das Training nach einer Vorhersage endet, mit <code>detail: { prediction, result, right, pairs }</code>; ein Frame sendet der Seite <code>{ type: 'init-lab:predicted', … }</code>",
  'variables.text':
    'Die Stile der Seite wirken nicht in das Element hinein. Setzen Sie CSS-Variablen, zum Beispiel <code>init-lab { --paper: white; --face: Georgia, serif }</code>:',
  variables: 'CSS-Variablen',
  'variable.backgrounds':
    'Hintergründe: des Elements, gedrückter oder wartender Teile, eines Feldes, wo P = 0,5',
  'variable.text': 'Text, Nebentext, Haarlinien, Linien unter Bedienelementen, Fokusring',
  'variable.classes': 'Punkte und Felder der beiden Klassen',
  'variable.runs': 'Linien der Läufe',
  'variable.tones': 'Text zum Zustand eines Laufs',
  'variable.face': 'Schrift und die beiden Textgrößen',
  'notebook.heading': 'In einem Notebook',
  'notebook.text':
    '<a href="./init-lab-widget.js" download>init-lab-widget.js</a> ist ein Modul für anywidget (Jupyter, JupyterLite) und MyST: siehe <a href="./examples/notebook/lab.ipynb" download>das Notebook</a> und <a href="./examples/myst/notes.md">die MyST-Seite</a>. Die Attribute oben sind seine Traits, und <code>iteration</code> folgt dem Training.',
  'disk.heading': 'Von der Festplatte',
  'disk.text':
    '<a href="./standalone.html" download>standalone.html</a> ist das ganze Labor in einer Datei. Ein Doppelklick öffnet es, auch ohne Netz.',
  'examples.heading': 'Beispiele zum Kopieren',
  'example.iframe':
    '<a href="./examples/iframe.html">Einfaches HTML mit einem iframe</a>, das seine Höhe anpasst',
  'example.element':
    '<a href="./examples/element.html">Einfaches HTML mit dem Element</a>, seinen Ereignissen und Methoden',
  'example.slides': '<a href="./examples/slides.html">Folien mit reveal.js</a>',
  'example.lms': '<a href="./examples/lms.html">Eine Lernplattform</a>, die nur einen Rahmen erlaubt',
  'programs.heading': 'Für Programme',
  'policy.heading': 'Unter einer strengen Richtlinie',
  'policy.text':
    'Die Seiten laufen unter dieser Richtlinie und brauchen nicht mehr. Eine Seite, die das Element von einem anderen Server lädt, fügt diesen zu <code>script-src</code> hinzu.',
  'attribute.preset': 'der Name eines mitgelieferten Experiments:',
  'attribute.hide':
    'beliebige aus <code>controls</code> (Bedienung), <code>chart</code> (Kurve), <code>data</code> (die Punkte) und <code>link</code> (zum Labor)',
  'programs.text':
    'Das Paket: <a href="./api.html">API-Referenz</a>. Editoren vervollständigen Experimente nach dem <a href="./experiment.schema.json">Schema</a>: in JSON als <code>"$schema"</code>, in YAML durch eine erste Zeile <code># yaml-language-server: $schema=experiment.schema.json</code>.',
};
