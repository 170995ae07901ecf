// The language server as a program: talks over whatever its arguments name (--node-ipc, --stdio).

import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "./server.js";

serve(createConnection(ProposedFeatures.all), __dirname);
