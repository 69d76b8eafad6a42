// The page "Phase diagram".

import './components/site-header.js';
import './story/phase-diagram.js';
