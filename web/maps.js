// The page "Maps".

import './components/site-header.js';
import { translatePage } from './texts/page.js';
import './maps/phase-diagram.js';
import './maps/rate-map.js';
import './maps/width-map.js';
import './maps/skip-sweep.js';
import './maps/luck-chart.js';

await translatePage('maps');
