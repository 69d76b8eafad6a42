// The page "Sweeps".

import './components/site-header.js';
import './story/factor-sweep.js';
import './story/depth-profile.js';
import './story/method-sweep.js';
