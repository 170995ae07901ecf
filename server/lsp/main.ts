// The language server as a program: talks over whatever its arguments name (--node-ipc, --stdio).

import { setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "./server.js";

// An editor runs many servers: this one collects its garbage before it grows.
setFlagsFromString("--heap-growing-percent=50");

serve(createConnection(ProposedFeatures.all), __dirname);
