// The page "Notebook figures".

import './components/site-header.js';
import './story/notebook-figures.js';
