// Set before anything is loaded, since what V8 keeps of compiled code is bound to its flags.
import { setFlagsFromString } from 'node:v8';

// A run is short and most of its code runs a few thousand times: left alone, V8's optimising compiler takes a third of
// the processor's time, on the cores that judge clusters.
setFlagsFromString('--interrupt-budget=400000');
setFlagsFromString('--max-inlined-bytecode-size-cumulative=300');
