// The language server as a program: talks over whatever its arguments name (--node-ipc, --stdio).

import { setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "./server.js";

// An editor runs many servers: Node's way of growing its heap first and collecting later is not for this one.
setFlagsFromString("--optimize-for-size");

serve(createConnection(ProposedFeatures.all), __dirname);
