// The words of the signals by layer, fetched with them.

/** @type {Record<string, Record<string, string>>} */
export const signalTexts = {
  en: {
    title: 'Signals by layer',
    forward: 'activations, forward',
    backward: 'gradients, backward',
    size: 'root mean square',
    theory:
      'Points on a solid line are measured now; dotted is what theory expects at iteration 0 from the weights’ variance alone.',
    histograms: 'What the layers of {name} hold',
    all: 'All measurements, layer by layer',
    activation: 'activation',
    'gradient.short': 'gradient',
    waiting: 'The signals appear with the first measurement.',
    'size.help':
      'Root mean square of all values of a layer over the training examples. A line that falls means a vanishing signal, one that rises an exploding one. Theory: Poole et al. 2016, Schoenholz et al. 2017.',
    'histograms.help':
      'Each bar counts the values of a layer over all training examples: activations a, and gradients ∂J/∂z of what goes into the units.',
  },
  de: {
    title: 'Signale nach Schichten',
    forward: 'Aktivierungen, vorwärts',
    backward: 'Gradienten, rückwärts',
    size: 'quadratisches Mittel',
    theory:
      'Punkte auf durchgezogener Linie sind jetzt gemessen; gepunktet ist, was die Theorie bei Iteration 0 allein aus der Varianz der Gewichte erwartet.',
    histograms: 'Was die Schichten von {name} enthalten',
    all: 'Alle Messungen, Schicht für Schicht',
    activation: 'Aktivierung',
    'gradient.short': 'Gradient',
    waiting: 'Die Signale erscheinen mit der ersten Messung.',
    'size.help':
      'Quadratisches Mittel aller Werte einer Schicht über die Trainingsbeispiele. Fällt die Linie, verschwindet das Signal; steigt sie, explodiert es. Theorie: Poole u. a. 2016, Schoenholz u. a. 2017.',
    'histograms.help':
      'Jeder Balken zählt Werte einer Schicht über alle Trainingsbeispiele: Aktivierungen a und Gradienten ∂J/∂z dessen, was in die Einheiten geht.',
  },
};
