// The page "Maps".

import './components/site-header.js';
import { translatePage } from './texts/page.js';
import './story/phase-diagram.js';

await translatePage('maps');
