// The page "Pictures".

import './components/site-header.js';
import './story/picture-lab.js';
