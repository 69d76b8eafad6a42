// Die Sätze der Fehler auf Deutsch; dieselbe Gestalt wie `english` in src/js/error-sentences.js.

/** @type {import('../../src/js/error-sentences.js').Sentences} */
export const germanErrors = {
  codes: {
    'wrong-type': '{field} muss {expected} sein, ist aber {value}',
    'unknown-field': '{field} ist kein bekanntes Feld; erlaubt: {names}',
    'unknown-name': '{field} muss {expected} sein, ist aber {value}',
    'unknown-parameter': '{field} ist hier kein Parameter; erlaubt: {names}',
    'not-finite': '{field} muss {expected} sein, ist aber {value}',
    'not-an-integer': '{field} muss {expected} sein, ist aber {value}',
    'out-of-range': '{field} muss {expected} sein, ist aber {value}',
    'wrong-count': '{field} muss {expected} haben, hat aber {value}',
    'bad-formula':
      '{field} ist ab Zeichen {low} keine gültige Formel: {value}; erlaubt: Zahlen, + - * / ^ ( ), {names}',
    'bad-snapshot':
      '{field} muss ein Schnappschuss von {low} Bytes aus einer Sitzung mit denselben Schichten, demselben Verfahren und derselben Genauigkeit sein, hat aber {value} Bytes',
    'not-plain-data':
      '{field} muss aus einfachen Daten bestehen (Objekte, Listen, Zahlen, Texte), ist aber {value}',
    'not-pictures': '{field} muss {expected} sein, ist aber {value}',
    'wrong-labels': '{field} {value} hat Labels, die diese Ausgabe nicht nimmt',
    'data-not-loaded': 'die Datei des Datensatzes {value} ist nicht geladen',
    'wrong-file': '{field} ist keine Datei dieser Version: {value} Bytes',
    'out-of-memory':
      'Der Speicher reicht für diesen Versuch nicht; weniger Beispiele oder Parameter verwenden',
    disposed: 'Die Sitzung wurde freigegeben; eine neue anlegen',
  },
  kinds: {
    number: 'eine endliche Zahl',
    'number-between': 'eine Zahl von {low} bis {high}',
    'number-at-least': 'eine Zahl von mindestens {low}',
    integer: 'eine ganze Zahl',
    'integer-between': 'eine ganze Zahl von {low} bis {high}',
    'integer-at-least': 'eine ganze Zahl von mindestens {low}',
    'one-of': 'eines von {names}',
    'one-of-single': '{names}',
    type: '{type}',
    'count-between': '{low} bis {high} {units}',
    'count-exactly': 'genau {low} {units}',
    'count-at-least': 'mindestens {low} {units}',
    'count-at-most': 'höchstens {high} {units}',
    equal: '{low} wie in {names}',
    product: '{count} Zahlen ({low} Klassen mal {high} Merkmale)',
    'per-layer': 'einen Eintrag für alle verborgenen Schichten oder einen für jede der {low}',
    formula: 'eine Formel',
    snapshot: 'ein Schnappschuss von {low} Bytes',
    text: '{names}',
  },
  types: {
    object: 'ein Objekt',
    array: 'eine Liste',
    string: 'ein Text',
    number: 'eine Zahl',
    boolean: 'true oder false',
    function: 'eine Funktion',
    symbol: 'ein Symbol',
    bigint: 'ein BigInt',
    numbers: 'eine Liste von Zahlen',
    'string-or-array': 'ein Text oder eine Liste',
    plain: 'einfache Daten',
    Uint8Array: 'ein Uint8Array',
    AbortSignal: 'ein AbortSignal',
    Map: 'eine Map',
    Set: 'ein Set',
    Date: 'ein Date',
    RegExp: 'ein RegExp',
    proxy: 'ein widerrufener Proxy',
    nothing: 'nichts',
  },
  units: {
    entries: ['Eintrag', 'Einträge'],
    layers: ['Schicht', 'Schichten'],
    examples: ['Beispiel', 'Beispiele'],
    numbers: ['Zahl', 'Zahlen'],
    parameters: ['Parameter', 'Parameter'],
    points: ['Punkt', 'Punkte'],
  },
  rules: {
    'skip-equal-widths':
      '{field} muss {1} sein wie layers[0], weil Abkürzungen verborgene Schichten gleicher Breite brauchen, ist aber {value}',
    'one-seed': '{field} ist nicht erlaubt: {1} ist der Seed aller Schichten',
    'multiple-of-features':
      '{field} muss ein Vielfaches von {1} Zahlen haben, eine für jedes Merkmal, hat aber {value}',
    'classes-needed':
      '{field} muss ein Datensatz mit Klassen sein, denn {value} hat reelle Zielwerte; die Ausgabe "linear" nimmt sie',
    'load-dataset': '{field} {value} braucht zuerst seine Datei: await lab.loadDataset({value})',
    'packed-digits': '{field} muss aus den gepackten Ziffern dieser Version bestehen, hat aber {value} Bytes',
    'too-much-work':
      '{field} muss weniger Parameter oder Beispiele haben: {value} Parameter mal {1} Beispiele sind mehr als {2}',
    'orthogonal-too-large':
      '{field} muss kleiner sein, weil {1} für {value} Einheiten mit {2} Eingängen zu lange braucht; ein anderes Verfahren oder weniger Einheiten nehmen',
    'points-only': '{field} ist nur in einem Datensatz mit dem Namen "points" erlaubt',
  },
};
