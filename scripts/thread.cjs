// Runs a bundled program in a thread, which is given it as its argument.
'use strict';
require('./load.cjs').load(process.argv[2]);
