// What is said in English wherever it is heard (see `said` in index.js), in German.

/**
 * Was der Kern und das Lesen der Links auf Englisch melden, Wendung für Wendung. Vorgefundenes
 * bleibt, wie es ist.
 * @type {[RegExp, string][]}
 */
export const phrases = [
  [/^found "(.*)", expected /s, 'gefunden „$1“, erwartet '],
  [/^(\S+) is (.*); expected /s, '$1 ist $2; erwartet '],
  [
    /^The experiment does not fit into memory; expected /,
    'Der Versuch passt nicht in den Speicher; erwartet ',
  ],
  [/^the run needs about (\d+) MB of memory; expected /, 'der Lauf braucht etwa $1 MB Speicher; erwartet '],
  [/^expected /, 'erwartet '],
  [/^the lab has no such setting$/, 'eine solche Einstellung hat das Labor nicht'],
  [/^The worker has stopped\.$/, 'Der Worker ist stehen geblieben.'],
  [/^it is damaged$/, 'beschädigt'],
  [/^(.*) has no such parameter$/s, '$1 hat keinen solchen Parameter'],
  [/\b(\d+) hidden layers\b/, '$1 verborgene Schichten'],
  [/\b(\d+) layers“/, '$1 Schichten“'],
  [/\b(\d+) runs“/, '$1 Läufe“'],
  [/\b(\d+) activations“/, '$1 Aktivierungen“'],
  [/\b2 to 2000 points$/, '2 bis 2000 Punkte'],
  [/\bits "link" holds no experiment\b/, 'sein „link“ enthält keinen Versuch'],
  [/\b(\d+) parameters\b/, '$1 Parameter'],
  [/\b(\d+) names\b/, '$1 Namen'],
  [/\b(\d+) entries\b/, '$1 Einträge'],
  [/\b(\d+) values\b/, '$1 Werte'],
  [/\ba whole number\b/, 'eine ganze Zahl'],
  [/\ba finite number\b/, 'eine endliche Zahl'],
  [/\ba number\b/, 'eine Zahl'],
  [/\bfrom (\S+) to ([^\s,]+)/, 'von $1 bis $2'],
  [/; (.*) stands in its place$/, '; an seiner Stelle steht $1'],
  [/, or max$/, ' oder max'],
  [/ 0 or 1$/, ' 0 oder 1'],
  [
    /\bone for all hidden layers, or one for each of the (\d+)$/,
    'eine für alle verborgenen Schichten oder eine für jede der $1',
  ],
  [
    /\bat most one for each of the (\d+) layers, the output included$/,
    'höchstens einer für jede der $1 Schichten, den Ausgang eingeschlossen',
  ],
  [/\bat least one example\b/, 'mindestens ein Beispiel'],
  [/\bat least\b/, 'mindestens'],
  [/\bat most\b/, 'höchstens'],
  [/\bfewer examples or parameters\b/, 'weniger Beispiele oder Parameter'],
  [/\bno points where the data set is /, 'keine Punkte bei dem Datensatz '],
  [/\bno parameter here$/, 'hier keinen Parameter'],
  [/\bone of /, 'eines von '],
  [/\ba name in small letters$/, 'ein Name in Kleinbuchstaben'],
  [/\bparameter:number$/, 'Parameter:Zahl'],
  [/\bpoints,low,high,class 0,class 1$/, 'points,unten,oben,Klasse 0,Klasse 1'],
  [/\bletters of the alphabet /, 'Zeichen aus '],
  [/\bfour letters for each point$/, 'vier Zeichen für jeden Punkt'],
  [/\ba setting that a run can have of its own$/, 'eine Einstellung, die ein Lauf für sich haben kann'],
  [/\ba run$/, 'ein Lauf'],
  [
    /\ban experiment, a list of them, a preset or an export of the lab as JSON\b/,
    'ein Versuch, eine Liste von Versuchen, eine Vorlage oder eine Ausgabe des Labors als JSON',
  ],
  [/\ban object with "name" and numbers$/, 'ein Objekt mit "name" und Zahlen'],
  [/\ba list of whole numbers$/, 'eine Liste ganzer Zahlen'],
  [/\ba name or a list of names$/, 'ein Name oder eine Liste von Namen'],
  [/\ba name$/, 'ein Name'],
  [
    /(\d+) to (\d+) rows \[x1, x2\] in "x" and as many labels 0 or 1 in "y"$/,
    '$1 bis $2 Zeilen [x1, x2] in "x" und ebenso viele Klassen 0 oder 1 in "y"',
  ],
  [/^the lab has no test part of own points$/, 'eigene Punkte haben im Labor keinen Testteil'],
  // Formeln des Katalogs.
  [/\brate\b/, 'Lernrate'],
  [/^v, s as in momentum and RMSProp, divided by /, 'v, s wie bei Momentum und RMSProp, geteilt durch '],
  [/\bthe same (std|limit) in every layer$/, '$1 in jeder Schicht gleich'],
  [/\bQ with orthonormal rows or columns$/, 'Q mit orthonormalen Zeilen oder Spalten'],
  [
    /\blayer by layer, until Var z fits on the training examples$/,
    'Schicht für Schicht, bis Var z auf den Trainingsbeispielen passt',
  ],
  [/\bthen one entry of each row ~ /, 'dann ein Eintrag jeder Zeile ~ '],
  [/ if z > 0, else /, ' für z > 0, sonst '],
  [
    /\bPhi the standard normal distribution function$/,
    'Phi die Verteilungsfunktion der Standardnormalverteilung',
  ],
  [/^the runs of the lab share them$/, 'die Läufe des Labors haben sie gemeinsam'],
];
