/** Die Wörter der Seite „Warum“. */
export default {
  title: 'Warum: Wie initialisiert man die Gewichte eines Netzes? — Init Lab',
  heading: 'Warum die ersten Gewichte entscheiden',
  lead: 'Ein Lernender hat die zufälligen ersten Gewichte mit 10, 0,1 und 0,01 multipliziert und 83&nbsp;%, 60&nbsp;% und 46&nbsp;% Trainingsgenauigkeit erhalten. Warum ist kleiner schlechter? Brauchen tiefere Netze größere Gewichte? Womit soll man beginnen?',
  maths: 'Die Mathematik dazu',
  steps: 'Schritte dieses Artikels',

  'exercise.heading': 'Ein Netz, vier Initialisierungen',
  'exercise.caption':
    'Dieselben 300 Punkte, dasselbe Netz (10 und 5 ReLU-Einheiten), dieselben 15.000 Iterationen Gradientenabstieg mit Lernrate 0,01. Nur die ersten Gewichte sind verschieden. ×&nbsp;10 endet bei 83&nbsp;%, ×&nbsp;0,1 bei 60&nbsp;%, ×&nbsp;0,01 bei 46&nbsp;%: schlechter als ein Münzwurf. Die He-Initialisierung endet bei 99&nbsp;%. Alle vier stimmen <a href="./notebook.html">Ziffer für Ziffer mit dem Notebook überein</a>.',

  'answer.heading': 'Die Antwort in vier Sätzen',
  'answer.later':
    '<b>×&nbsp;0,01 scheitert nach 15.000 Iterationen</b>, weil seine Gradienten Produkte kleiner Gewichte sind: <a href="#later">Das Lernen hat noch nicht begonnen</a>.',
  'answer.symmetry':
    '<b>Nullen lernen nicht</b>, weil Einheiten, die gleich beginnen, <a href="#symmetry">gleiche Gradienten bekommen und gleich bleiben</a>.',
  'answer.lottery':
    '<b>×&nbsp;10 ist Glückssache</b>, weil die Schritte über das Ziel hinausschießen und <a href="#lottery">schon ein Rundungsfehler</a> ändert, wo das Training endet.',
  'answer.deep':
    '<b>Die richtige Skala</b> hält das Signal von Schicht zu Schicht gleich groß: Varianz der Gewichte 2/n<sub>in</sub> für ReLU, 1/n<sub>in</sub> für tanh. Sie ist in jeder Tiefe dieselbe, aber <a href="#deep">tiefere Netze vertragen weniger Abweichung</a>.',
  'answer.more':
    'Die Schritte unten zeigen jede dieser Antworten, dann, was Frameworks tun, und am Ende eine <a href="#start">Tabelle der Initialisierungen</a>. Jede Abbildung trainiert, während Sie hinsehen, und lässt sich im Labor öffnen.',

  'later.heading': 'Kleine Gewichte lernen später, nicht schlechter',
  'later.text':
    'Der Gradient jeder Schicht wird mit den Gewichten der späteren Schichten multipliziert. Bei drei Schichten von Gewichten gibt ein Zehntel der Gewichte ein Hundertstel des Gradienten. Bis die Gewichte gewachsen sind, bleiben die Kosten bei ln&nbsp;2&nbsp;≈&nbsp;0,6931, dem Wert eines Münzwurfs. Die Genauigkeit sagt dort nichts: Eine Ausgabe von 0,4999 oder 0,5001 entscheidet sie.',
  'later.caption':
    'Dasselbe Netz, drei Faktoren. Die Kosten fallen unter 0,6 nach 3.600 Iterationen bei ×&nbsp;1, nach 29.800 bei ×&nbsp;0,1 und nach 300.500 bei ×&nbsp;0,01. Die 15.000 Iterationen der Übung enden, bevor das Lernen beginnt. Nach 40.000 ist ×&nbsp;0,1 bei Kosten von 0,0633 und 99&nbsp;%, wo ×&nbsp;1 nach 14.000 war. <a data-claim="latest">×&nbsp;0,01 braucht etwa 320.000.</a>',
  'later.depth':
    'Jede weitere Schicht ist ein weiterer kleiner Faktor im Produkt. Je tiefer das Netz, desto teurer ist eine kleine Initialisierung.',
  'later.table':
    'Iterationen, bis die Kosten unter 0,6 liegen (Kreise, Schichten von 10 ReLU-Einheiten, Lernrate 0,1)',
  'later.table.layers': 'verborgene Schichten',
  'later.table.0.3': '× 0,3',
  'later.table.0.1': '× 0,1',
  'later.table.0.03': '× 0,03',
  'wait.1.0.3': '1.000',
  'wait.1.0.1': '1.700',
  'wait.1.0.03': '2.500',
  'wait.2.0.3': '800',
  'wait.2.0.1': '2.600',
  'wait.2.0.03': '8.900',
  'wait.3.0.3': '700',
  'wait.3.0.1': '4.700',
  'wait.3.0.03': '48.600',
  'later.open':
    'Öffnen Sie die <a data-claim="deeper">sechs kleinen Faktoren</a> und <a data-claim="moderate">× 0,3</a> im Labor, oder sehen Sie <a href="./sweeps.html#factor">alle Faktoren auf einmal</a>.',
  'later.maths.gradient':
    'Für drei Schichten von Gewichten; D ist 1, wo eine ReLU aktiv ist, und sonst 0, und δ ist der Fehler des Ausgangs (am Anfang etwa ½):',
  'later.maths.size':
    'Haben alle Gewichte die Größe s und das Netz k verborgene Schichten, so ist der Gradient jeder Schicht ein Produkt von k Faktoren der Größe s: Gewichte dahinter oder das Signal davor. Ein Schritt ändert s im Verhältnis zu diesem Gradienten:',
  'later.maths.wait': 'Warten',
  'later.maths.laws':
    'Mit einer verborgenen Schicht wächst die Wartezeit wie der Logarithmus von 1/s, mit zweien wie 1/s, mit dreien wie 1/s². Saxe u. a. 2013 fanden diese Plateaus in tiefen linearen Netzen. Der Punkt 0 ist ein Sattel der Kosten: Jeder Gradient verschwindet dort, aber er ist kein Minimum.',

  'symmetry.heading': 'Nullen und gleiche Gewichte brechen die Symmetrie nicht',
  'symmetry.text':
    'Einheiten mit gleichen Gewichten sehen dieselbe Eingabe, bekommen denselben Gradienten und machen denselben Schritt; sie bleiben gleich. Bei Nullen und ReLU oder tanh ist zudem jedes verborgene Signal 0, und kein Gewicht bewegt sich. Zufällige Gewichte brechen die Symmetrie, so klein sie auch sind.',
  'symmetry.caption':
    'Eine verborgene Schicht von vier tanh-Einheiten an der Blume. Nullen: Nichts bewegt sich. Konstante: Vier Einheiten bewegen sich wie eine. ×&nbsp;0,01 endet mit vier verschiedenen Einheiten und über 90&nbsp;%.',
  'symmetry.maths':
    'Bei Nullen enthält der Gradient eines verborgenen Gewichts die Gewichte des Ausgangs, und die sind 0. Der Gradient eines Ausgangsgewichts enthält die verborgenen Aktivierungen, und die sind bei ReLU und tanh 0. Sigmoid-Einheiten geben stattdessen ½ aus, darum bewegen sich ihre Ausgangsgewichte, und <a data-claim="zeros-sigmoid">das Netz lernt etwas, wenn die Klassen nicht gleich groß sind</a>; aber alle Einheiten bleiben gleich. Der Grund ist die Symmetrie, nicht die Null.',

  'lottery.heading': 'Große Gewichte machen das Training zur Glückssache',
  'lottery.text':
    'Bei ×&nbsp;10 sieht die Ausgangseinheit Zahlen in den Tausenden, und ihre Sigmoidfunktion wird bei allen 300 Punkten auf genau 1 gerundet. Für die Hälfte aus Klasse 0 sind die Kosten dann unendlich: Das Notebook schreibt <code>inf</code>. Die ersten Gradienten sind hundertmal so groß wie bei ×&nbsp;1. Darum schießt jeder Schritt übers Ziel hinaus, und das Ende ist Glückssache.',
  'lottery.caption':
    'Drei Seeds von ×&nbsp;10 enden bei 83, 89 und 71&nbsp;%. Die He-Initialisierung endet bei 99&nbsp;%.',
  'lottery.butterfly':
    'Chaos, gemessen: Ein Gewicht wird um 4&nbsp;·&nbsp;10<sup>−15</sup> geändert, seine letzte Binärstelle. Bei ×&nbsp;10 liegen die beiden Trainings nach 300 Iterationen mehr als ein Tausendstel auseinander. Mit der He-Initialisierung stimmen sie bis zur letzten Ziffer überein. Zwei Rechner, die verschieden runden, stimmen darum bei den Kosten von ×&nbsp;10 nur in etwa zwei Stellen überein.',
  'lottery.maths':
    'Eine kleinere Lernrate verhindert die zu großen Schritte, löst aber das Problem nicht: Die Gewichte bleiben nahe bei ihrem zufälligen Anfang und mit ihnen die Funktion. <a data-claim="slower">Ein Hundertstel der Lernrate und zehnmal so viele Iterationen</a> bringen drei Seeds auf 52, 74 und 74&nbsp;%.',
  'lottery.maths.step':
    'Ein Schritt des Gradientenabstiegs schießt in einer Richtung übers Ziel hinaus, deren Krümmung größer ist als 2 geteilt durch die Lernrate (Cohen u. a. 2021). Die Krümmung wächst mit den Gewichten: Große Gewichte brauchen kleine Schritte.',

  'lazy.heading': 'Große Gewichte bewegen sich kaum, kleine weit',
  'lazy.text':
    'Das Training ändert große Gewichte nur um einen kleinen Teil: Das Netz bleibt nahe seiner zufälligen Funktion und lernt, indem es sie neu gewichtet. Das heißt „lazy“ (träge). Kleine Gewichte bewegen sich um ein Vielfaches ihrer Länge; ihre Einheiten finden die Form der Daten. Das heißt „rich“ (reich). Solche Netze lernen später.',
  'lazy.caption':
    'Wie weit sich die Gewichte bewegt haben, in Teilen ihrer ersten Länge, nach 50.000 Iterationen der Übung; je drei Seeds. Gefüllt: Testgenauigkeit von mindestens 75&nbsp;%. Quadrate: die Geraden, auf denen die zehn Einheiten der ersten Schicht knicken, gestrichelt am Anfang, durchgezogen am Ende. ×&nbsp;0,1 bewegt sich um mehr als das Zehnfache seiner Länge, ×&nbsp;1 etwa um das Einfache, ×&nbsp;10 um weniger als ein Fünftel.',
  'lazy.maths':
    'Gezeichnet ist |W − W₀| / |W₀| über alle Gewichte. Ein Netz, dessen Ausgänge mit α skaliert sind, braucht Änderungen von etwa 1/α, um zu den Klassen zu passen; bei großem α verhält es sich wie seine Linearisierung am Anfang (Chizat, Oyallon und Bach 2019). ×&nbsp;0,03 ist hohl: Es wartet auf dem <a href="#later">Plateau</a>.',

  'deep.heading': 'Tiefere Netze brauchen dieselbe Skala, aber genauer',
  'deep.text':
    'Die richtige Skala bleibt dieselbe; der Spielraum um sie herum schrumpft. Bei halber He-Skala halbiert sich das Signal in jeder Schicht, bei doppelter verdoppelt es sich: Nach sechzehn Schichten ist es Zehntausende Male kleiner oder größer. Sechzehn Schichten lernen mit der He-Skala und mit keiner der beiden anderen. <a data-claim="shallow">Mit zwei Schichten lernen alle drei.</a>',
  'deep.caption':
    'Sechzehn Schichten von 20 ReLU-Einheiten. Mit der He-Initialisierung kommen neun von zehn Seeds innerhalb dieser 1.000 Iterationen über 75&nbsp;%, der zehnte kurz danach.',
  'deep.maths.assume':
    'Die Gewichte seien unabhängig mit Mittelwert 0, die Bias-Werte 0. Dann ist die Varianz einer Voraktivierung eine Summe von n<sub>in</sub> gleichen Gliedern:',
  'deep.maths.half': 'z ist symmetrisch um 0, darum behält ReLU genau die Hälfte des zweiten Moments:',
  'deep.maths.forward':
    'Zusammen multipliziert eine Schicht die Varianz mit n<sub>in</sub> Var W / 2. Sie bleibt gleich, wenn dieser Faktor 1 ist (He u. a. 2015):',
  'deep.maths.backward':
    'Rückwärts trägt die transponierte Matrix den Fehler, und die Steigung von ReLU lässt die Hälfte durch:',
  'deep.maths.both':
    'Der Gradient bleibt gleich groß, wenn Var W = 2/n<sub>out</sub>. In gleich breiten Schichten sind beide Bedingungen dieselbe; Glorots 2/(n<sub>in</sub> + n<sub>out</sub>) ist der Kompromiss für tanh, dessen Steigung bei 0 gleich 1 ist. Nach L Schichten ist aus einem Faktor 1 + ε der Faktor (1 + ε)<sup>L</sup> geworden: Darum verlangt Tiefe Genauigkeit. Residualnetze sind anders: Jeder Zweig kommt zum Signal hinzu, darum verlangt Tiefe dort kleinere Zweige, etwa einen Faktor 1/√L (Zhang u. a. 2019).',
  'deep.map': 'Dieselbe Frage als Karte: Jede Zelle ist ein trainiertes Netz.',
  'deep.map.caption':
    'Zeile: verborgene Schichten. Spalte: Standardabweichung der Gewichte mal √n<sub>in</sub>. Die Linie bei √2 ist die He-Initialisierung. Das Band der lernenden Netze bleibt auf der Linie und wird mit der Tiefe schmaler. Die schwachen Zellen links sind späte Anfänge. <a href="./maps.html">Die große Karte</a> zeigt alle Tiefen, tanh und andere Verfahren.',

  'framework.heading': 'Die Voreinstellung von PyTorch ist für acht ReLU-Schichten zu klein',
  'framework.text':
    '<code>nn.Linear</code> zieht Gewichte mit einem Sechstel der He-Varianz. Zwei Schichten stört das nicht. Acht ReLU-Schichten verlassen ln&nbsp;2 in diesen 3.000 Iterationen nicht, während die He-Initialisierung 99&nbsp;% erreicht; <a data-claim="framework-deep">sechzehn Schichten auch nicht</a>. Keras nimmt Glorot gleichverteilt, in gleich breiten Schichten die Hälfte der He-Varianz. Die Abhilfe sind vier Zeilen.',
  'framework.caption':
    'Kreise, acht Schichten von 20 ReLU-Einheiten, Lernrate 0,1. Gewichte und Bias-Werte, wie PyTorch sie zieht, gegen die He-Initialisierung. <a data-claim="framework-shallow">Mit zwei Schichten lernen beide.</a>',
  'framework.maths':
    'Im Quelltext steht <code>kaiming_uniform_(a=√5)</code>; das vereinfacht sich zu einer Gleichverteilung innerhalb von ±1/√n<sub>in</sub> (LeCun u. a. 1998 dachten dabei an tanh):',

  'normalization.heading': 'Normalisierung macht die Skala vergessen, nicht die Tiefe',
  'normalization.text':
    'Batch- und Layer-Normalisierung bringen das Signal jeder Schicht auf Varianz 1, wie groß die Gewichte auch sind. Ohne sie lernt in acht Schichten weder ×&nbsp;0,01 noch ×&nbsp;1. Mit Batch-Normalisierung erreichen beide mehr als 98&nbsp;%. Die Skala verschwindet nicht: Sie bestimmt wie eine Lernrate, wie schnell sich die Gewichte drehen. Und sehr tiefe einfache Stapel scheitern weiterhin.',
  'normalization.caption':
    'Kreise, acht Schichten aus 20 ReLU-Einheiten, Lernrate 0,02. Links zwei: einfach. Rechts zwei: Batch-Normalisierung vor jedem ReLU. Die <a href="./maps.html#network=batch">Karte von Tiefe und Skala</a> zeigt Batch- und Layer-Normalisierung für jede Tiefe.',
  'normalization.maths':
    'Mittelwert μ und Varianz σ² werden über den Batch genommen (Ioffe und Szegedy 2015) oder über die Einheiten der Schicht (Ba, Kiros und Hinton 2016). Ein Faktor c an den Gewichten kürzt sich heraus, bis auf ε:',
  'normalization.maths.backward':
    'Der Gradient von W wird dann durch c geteilt, ein Schritt dreht die Gewichte also um 1/c² ihrer Länge: ×&nbsp;10 trainiert wie mit einem Hundertstel der Lernrate. Rückwärts durch Batch-Normalisierung und ReLU wächst der Gradient in jeder breiten Schicht um √(π/(π − 1)) ≈ 1,21 (Yang u. a. 2019): 64 Schichten machen ihn 200.000-mal so groß. Layer-Normalisierung hält ihn bis auf wenige Prozent.',

  'residual.heading': 'Residuale Netze wollen kleinere Zweige, je tiefer, desto kleiner',
  'residual.text':
    'Eine Skip-Verbindung addiert die Ausgabe jeder Schicht zu ihrer Eingabe, darum kann das Signal nicht verschwinden. Es kann explodieren: Mit He in jedem Zweig verdoppelt sich die Varianz in jeder Schicht. Zweige mal <span class="whole">1/√L</span> heilen das bei jeder Tiefe. Zweiunddreißig solche Schichten erreichen 98&nbsp;%, wo der einfache Stapel nahe ln&nbsp;2 bleibt.',
  'residual.caption':
    'Kreise, 32 Schichten aus 10 ReLU-Einheiten, He-Initialisierung, Lernrate 0,05. Einfach, mit Skip-Verbindungen, mit Skip-Verbindungen mal 1/√L. <a href="./maps.html#skips">Bis zu 256 Schichten</a>.',
  'residual.maths':
    'Mit Skala s der Zweige, He-Initialisierung und unabhängigen Zweigen fügt jede Schicht das s²-Fache der Varianz ihrer Eingabe hinzu:',
  'residual.maths.size':
    's = 1 ergibt 2<sup>L</sup>. s = 1/√L ergibt (1 + 1/L)<sup>L</sup> → e. s = 0, gelernt, ergibt 1: So beginnen SkipInit und ReZero (De und Smith 2020, Bachlechner u. a. 2020); Fixup passt auch die Schichten des Zweigs selbst an (Zhang u. a. 2019).',

  'width.heading': 'Mit µP hängt die beste Lernrate nicht von der Breite ab',
  'width.text':
    'Die He-Initialisierung erhält das Signal bei jeder Breite, aber nicht die Größe eines Schritts: Breitere Netze brauchen eine kleinere Lernrate. Die Parametrisierung der größten Änderung (µP) passt Anfang und Rate jeder Schicht ihrer Breite an. Eine Rate, die an einem kleinen Netz gefunden ist, passt dann für ein großes.',
  'width.caption':
    'Ziffern, zwei verborgene Schichten aus 16, 64 und 256 ReLU-Einheiten, 200 Iterationen mit Adam, ein Seed. Hell: niedrige Kosten. <a href="./maps.html#width">Die große Karte</a> hat sechs Breiten und Mediane aus drei Seeds.',
  'width.maths':
    'Varianz am Anfang und Faktoren der Lernrate, bis auf Konstanten, mit denen µP bei einer Grundbreite der üblichen Parametrisierung gleicht (Yang, Hu u. a. 2021, Tabelle 3). Die übliche hat überall Varianz 1/n<sub>in</sub> und Faktor 1:',
  'width.layer': 'Schicht',
  'width.variance': 'Varianz',
  'width.sgd': 'Rate, Gradientenabstieg',
  'width.adam': 'Rate, Adam',
  'width.input': 'Eingangsgewichte, Biases',
  'width.hidden': 'verborgene Gewichte',
  'width.output': 'Ausgangsgewichte',

  'scaling.heading': 'Die Skala muss zu jeder Schicht passen',
  'scaling.text':
    'Ein Faktor für alle Schichten stimmt nur durch Glück oder Suche, wenn die Schichten verschieden sind. Hier sind die Fan-ins 2, 100, 10, 100 und 10. ×&nbsp;1 ist für die breiten Schichten viel zu groß; ×&nbsp;0,1 und ×&nbsp;0,01 sind für die schmalen zu klein. <a data-claim="searched">Jeder Faktor von 0,2 bis 0,5 ginge</a>, aber man muss ihn suchen.',
  'scaling.caption':
    'Verborgene Schichten von 100, 10, 100 und 10 ReLU-Einheiten. Die He-Initialisierung nimmt den Fan-in jeder Schicht und braucht keine Suche.',
  'scaling.pictures':
    'Im Bildernetz des Kurses hat die erste Schicht 12.288 Eingänge. Dort ist randn ×&nbsp;0,01 fast genau 1/√n<sub>in</sub> (0,009). Trotzdem endet das Training bei 65,6&nbsp;%, dem Anteil der größeren Klasse, gegen 98,6&nbsp;%: Die späteren Schichten mit 20, 7 und 5 Eingängen hätten 0,22 bis 0,45 gebraucht. <a href="./pictures.html">Hier trainieren</a>.',

  'output.heading': 'Die Ausgangseinheit ändert die Antwort nicht',
  'output.text':
    'Ein tanh-Ausgang mit quadratischem Fehler ändert den letzten Faktor des Gradienten und die Skala der Kosten, nicht das Ergebnis: Sein Plateau liegt bei 0,5 statt 0,6931. Auf die Skala kommt es in den verborgenen Einheiten an.',
  'output.caption':
    'Linke zwei: Sigmoid mit Kreuzentropie. Rechte zwei: tanh mit quadratischem Fehler. ×&nbsp;0,01 bleibt unter beiden auf dem Plateau; die He-Initialisierung lernt unter beiden.',

  'classes.heading': 'Zehn Klassen: Die ersten Kosten müssen nahe ln 10 liegen',
  'classes.text':
    'Ein Netz, das nichts weiß, gibt jeder von K Klassen die Wahrscheinlichkeit 1/K; seine ersten Kosten sind ln&nbsp;K, bei zehn 2,303. Erste Kosten von 17 oder 300 heißen: Die letzten Schichten sind zu groß. Genau 2,303, das sich nicht bewegt, heißt: Sie sind zu klein. Diese Probe braucht kein Training.',
  'classes.caption':
    'Handgeschriebene Ziffern, Schichten aus 64, 32 und 16 ReLU-Einheiten, Softmax, 1.000 Iterationen. Vier der sieben Anfänge enden beim Anteil der größten Klasse; He liest 97&nbsp;% der Testziffern.',
  'classes.maths': 'Die Kreuzentropie der richtigen Klasse bei gleichen Wahrscheinlichkeiten ist',
  'classes.maths.plateau':
    'Das Plateau liegt bei der Entropie der Klassenanteile, hier 2,3013, knapp unter ln&nbsp;10: Die Biases lernen die Anteile, sonst bewegt sich nichts. Mit einer verborgenen Schicht lernt auch ×&nbsp;0,01: Die Tiefe entscheidet, was ein kleiner Anfang kostet.',

  'adam.heading': 'Adam verlässt das Plateau früh, behebt aber sonst nichts',
  'adam.text':
    'Adam teilt jeden Schritt durch die übliche Größe seines Gradienten, darum geben auch kleine Gradienten volle Schritte. Von ×&nbsp;0,01 aus verlässt es das Plateau innerhalb von 100 Iterationen. Die Symmetrie von Nullen bricht es nicht, und ×&nbsp;10 bleibt Glückssache.',
  'adam.caption':
    'Lernrate 0,01, 6.000 Iterationen. Von ×&nbsp;0,01 aus verlassen Gradientenabstieg und Momentum das Plateau nicht; Adam erreicht 99&nbsp;%. Bei Nullen bewegt auch Adam nichts.',
  'adam.maths':
    'Das Momentum des Kurses mittelt: v := β v + (1 − β) dW. <code>SGD(momentum=0.9)</code> in PyTorch und Polyak 1964 summieren: v := β v + dW, ein zehnmal so großer Schritt bei β = 0,9. Das Momentum des Kurses mit Lernrate 3 ist also das von PyTorch mit 0,3. Mit dieser Rate <a data-claim="momentum">verlässt ×&nbsp;0,01 das Plateau nach 1.200 Iterationen</a>.',

  'inputs.heading': 'Die Regeln setzen Eingaben der Größe 1 voraus',
  'inputs.text':
    'Die Herleitung erhält die Größe, die die Eingaben haben. Eingaben der Größe 0,01 wirken wie eine hundertmal zu kleine erste Schicht: Die He-Initialisierung kommt hier auf 72&nbsp;% und scheint zu scheitern. Standardisieren Sie die Eingaben, oder verwenden Sie LSUV, das das Signal an den Daten misst (Mishkin und Matas 2016).',
  'inputs.caption':
    'Gaußsche Quantile mit Koordinaten der Standardabweichung 0,01. Dasselbe Netz, dieselbe Lernrate 0,1; nur LSUV hat die Daten gesehen.',

  'bias.heading': 'Der Bias des Ausgangs kann mit der Antwort auf „wie viele?“ beginnen',
  'bias.text':
    'Bei seltenen Klassen lernen die ersten Iterationen nur, wie selten sie sind. Ein Bias des Ausgangs beim Logarithmus der Chancen von Klasse 1 liefert das sofort: Bei 10 von 100 Beispielen in Klasse 1 sind die ersten Kosten 0,32 statt 0,69. Alle anderen Biases dürfen bei 0 beginnen.',
  'bias.caption':
    'Neunzig Punkte der Klasse 0, zehn der Klasse 1. Gleiche Gewichte; rechts beginnt der Bias des Ausgangs bei −2,197.',
  'bias.maths':
    'Die Kosten einer konstanten Vorhersage p sind am kleinsten beim Anteil von Klasse 1. Ausgänge nahe 0 kosten dann 0,3251, die Entropie der Anteile, statt ln 2. Die Sigmoidfunktion hat diesen Wert bei',

  'start.heading': 'Womit beginnen',
  'start.text': '„Wenige“ heißt bis zu vier verborgene Schichten, „viele“ heißt acht oder mehr.',
  'start.units': 'verborgene Einheiten',
  'start.few': 'wenige Schichten (1–4)',
  'start.many': 'viele Schichten (8 oder mehr)',
  'start.relu.few':
    'He: Varianz 2/n<sub>in</sub>. Jede Skala vom Halben bis zum Doppelten lernt auch, in anderem Tempo.',
  'start.relu.many':
    'He, und breite Schichten: <a data-claim="narrow">Zehn Schichten von vier ReLU-Einheiten können von Anfang an tot sein</a>, bei einem von vier Seeds (Lu u. a. 2020). Die Streuung zwischen Seeds wächst mit der Summe von 1/Breite (Hanin, Rolnick 2018).',
  'start.leaky': 'Leaky ReLU, Steigung a',
  'start.leaky.all': 'He mit der Steigung: Varianz 2/((1 + a²) n<sub>in</sub>).',
  'start.tanh.few':
    'LeCun, Glorot, orthogonal oder He: <a data-claim="tanh-few">Vier Schichten erreichen mit jeder davon 97 bis 98&nbsp;%</a>, He knapp vorn.',
  'start.tanh.many':
    'LeCun, Glorot oder orthogonal, mit einer Verstärkung von 1 bis 1,6: 1/n<sub>in</sub> ist der <a href="./maps.html#activation=tanh">Rand des Chaos</a> (Poole u. a. 2016). <a data-claim="forgiven">Etwas zu groß geht noch, zu klein nicht.</a>',
  'start.sigmoid': 'Sigmoid',
  'start.sigmoid.few': 'Besser tanh; sonst Glorot mit Verstärkung 4.',
  'start.sigmoid.many':
    'tanh: <a data-claim="sigmoid">Mit der üblichen Verstärkung 1 lernen vier Schichten nichts</a>, <a data-claim="sigmoid-deep">mit 4 sechzehn Schichten auch nicht</a>.',
  'start.any': 'alle',
  'start.any.all':
    'Bias-Werte auf 0 setzen, Gewichte zufällig ziehen und die Signale bei Iteration 0 ansehen (im Labor neben den Kosten): Aktivierungen und Gradienten sollen in der letzten Schicht so groß sein wie in der ersten. Bleibt die vierte Stelle der Kosten über Hunderte von Iterationen gleich, sind die Gewichte zu klein (oder Einheiten tot). Sind die Kosten unendlich, sind sie zu groß. Sonst hilft Geduld: In der ersten Abbildung bleibt selbst He 2.000 Iterationen lang nahe bei ln&nbsp;2.',
  'start.caption': 'Zwei Schichten tanh an den Kreisen, mit vier Skalen.',
  'start.deep.caption':
    'Zweiunddreißig Schichten tanh an den Monden: halbes LeCun, Glorot, orthogonal, dreifaches LeCun.',

  'references.heading': 'Literatur',
  'references.course':
    'deeplearning.ai. Improving deep neural networks, Woche 1: Initialization (das Notebook der Frage).',
};
