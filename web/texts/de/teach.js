/** Die Wörter der Seite „Lehren“. */
export default {
  title: 'Lehren: sechs Lektionen — Init Lab',
  heading: 'Sechs Lektionen',
  lead: 'Jede Lektion stellt eine Frage, nimmt eine Vorhersage entgegen und trainiert dann die Antwort. Lernende ordnen die Läufe, legen ihre Reihenfolge fest und vergleichen sie mit dem Ergebnis. Nichts wird gespeichert oder gesendet. Jede Lektion lässt sich als Arbeitsblatt mit leeren Feldern, Link und QR-Code drucken.',
  minutes: '{minutes} Minuten',
  begin: 'Diese Lektion beginnen',
  open: 'Im Labor öffnen',
  print: 'Arbeitsblatt drucken',
  rank: 'Welcher Lauf hat am Ende die höchste Trainingsgenauigkeit?',
  see: 'Was man sehen sollte:',
  qr: 'QR-Code des Links',
  name: 'Name:',
  run: 'Lauf',
  predicted: 'mein Rang',
  measured: 'gemessen',
  because: 'Das glaube ich, weil',
  observed: 'Was ich beobachtet habe',

  'lesson.smaller.question': 'Ist kleiner sicherer?',
  'lesson.smaller.setting':
    'Drei Netze bekommen dieselben Daten, dieselben Zufallsgewichte und 15.000 Iterationen. Ihre ersten Gewichte werden mit 10, 0,1 und 0,01 multipliziert.',
  'lesson.smaller.see':
    '× 10 endet bei 83 %, × 0,1 bei 60 %, × 0,01 bei 46 %. Die beiden kleinen sind noch auf dem Plateau bei Kosten von 0,693: Sie sind spät, nicht verloren.',
  'lesson.smaller.more.1': 'Was geschieht mit × 0,1 bei 40.000 Iterationen?',
  'lesson.smaller.more.2':
    'Nehmen Sie × 0,3 und eine, zwei oder drei verborgene Schichten. Welches Netz verlässt das Plateau zuerst?',

  'lesson.zeros.question': 'Kann ein Netz aus gleichen Gewichten lernen?',
  'lesson.zeros.setting':
    'Eine verborgene Schicht von vier tanh-Einheiten an der Blume. Die Gewichte beginnen bei null, bei einer Konstanten oder bei kleinen Zufallszahlen.',
  'lesson.zeros.see':
    'Nullen bleiben bei 50 %. Die Konstante wird kaum besser: Vier Einheiten wirken wie eine. Nur zufällige Gewichte, so klein sie auch sind, lassen die Einheiten verschieden werden.',
  'lesson.zeros.more.1':
    'Welche anderen Initialisierungen verlassen an der Blume das Plateau? Ein Klick auf eine Einheit zeigt, was sie berechnet.',
  'lesson.zeros.more.2':
    'Mit Sigmoid-Einheiten und ungleich großen Klassen lernen Nullen etwas. Was bleibt gleich?',

  'lesson.depth.question': 'Brauchen tiefere Netze größere Gewichte?',
  'lesson.depth.setting':
    'Sechzehn Schichten von 20 ReLU-Einheiten an den Kreisen. Die Gewichte beginnen mit halber, mit ganzer und mit doppelter He-Skala.',
  'lesson.depth.see':
    'Nur die He-Skala lernt. Bei halber halbiert sich das Signal in jeder Schicht, bei doppelter verdoppelt es sich: Die richtige Skala ist in jeder Tiefe dieselbe, aber Tiefe verträgt weniger Abweichung.',
  'lesson.depth.more.1': 'Dieselben drei Skalen mit zwei Schichten: Welche lernen?',
  'lesson.depth.more.2': 'Zweiunddreißig Schichten tanh: Welche Skala ist dort die richtige?',

  'lesson.framework.question': 'Wählt Ihr Framework gut?',
  'lesson.framework.setting':
    'Acht Schichten von 20 ReLU-Einheiten an den Kreisen, Lernrate 0,1. Ein Netz beginnt mit den Gewichten, die nn.Linear in PyTorch zieht, das andere mit der He-Initialisierung.',
  'lesson.framework.see':
    'Die Gewichte von PyTorch haben ein Sechstel der He-Varianz. Nach acht Schichten ist fast kein Signal übrig, und die Kosten bleiben alle 3.000 Iterationen nahe 0,693. He erreicht 99 %.',
  'lesson.framework.more.1': 'Und mit zwei Schichten?',
  'lesson.framework.more.2':
    'Und mit sechzehn? Schreiben Sie die Zeilen, die in PyTorch die He-Initialisierung setzen.',

  'lesson.adam.question': 'Behebt Adam eine schlechte Initialisierung?',
  'lesson.adam.setting':
    'Das Netz der Übung, 6.000 Iterationen mit Lernrate 0,01. Von × 0,01 aus: Gradientenabstieg, Momentum und Adam. Von Nullen aus: Adam.',
  'lesson.adam.see':
    'Adam verlässt das Plateau von × 0,01 innerhalb von 100 Iterationen; die beiden anderen verlassen es nicht. Bei Nullen bewegt sich nichts: kein Gradient, kein Schritt.',
  'lesson.adam.more.1':
    'Mit Lernrate 3 verlässt auch Momentum das Plateau. Welche Lernrate wäre das in PyTorch?',
  'lesson.adam.more.2': 'Fügen Sie einen Lauf mit × 10 und Adam hinzu. Endet er, wo He endet?',

  'lesson.large.question': 'Was kosten große Gewichte?',
  'lesson.large.setting':
    'Drei Netze beginnen mit × 10 und verschiedenen Seeds, eines mit der He-Initialisierung: 15.000 Iterationen.',
  'lesson.large.see':
    'Die drei Seeds enden bei 83, 89 und 71 %, He bei 99 %. Die ersten Kosten von × 10 sind unendlich, und jeder Schritt schießt übers Ziel hinaus: Wo das Training endet, ist Glückssache.',
  'lesson.large.more.1': 'Hilft ein Hundertstel der Lernrate?',
  'lesson.large.more.2': 'Wie viele Einheiten sind am Ende tot, wenn Gewichte und Schritte groß sind?',

  'more.heading': 'Für Ihren eigenen Kurs',
  'more.embed':
    'Jedes Experiment in Unterlagen, Folien, Notebooks oder eine Lernplattform <a href="./embedding.html">einbetten</a>.',
  'more.notebook':
    '<a href="./notebook.html">Zahlen des Notebooks</a>: die Werte des Kurses, im Browser berechnet neben denen von NumPy.',
  'more.api': '<a href="./api.html">API-Referenz</a> des Pakets und des Elements.',
};
