// The protocols in force as documents to read.

import { toHandbook } from "../engine/report/handbook.js";
import { protocolsInForce } from "../host/inForce.js";
import { type Handbook, handbooksRequest } from "../messages.js";
import type { ProtocolParts } from "./protocol.js";

export function serveHandbooks(parts: ProtocolParts): void {
  const { connection, indexed } = parts.session;
  connection.onRequest(handbooksRequest, async (): Promise<readonly Handbook[]> => {
    // A team's own protocols are known when their files have been read.
    await indexed.settled;
    const protocols = await protocolsInForce(parts);
    return protocols.map((protocol) => ({
      id: protocol.id,
      title: protocol.title,
      text: toHandbook(protocol),
    }));
  });
}
