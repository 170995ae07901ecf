// Containers that are restarted for the same answer that only takes them out of traffic.

import { items, type Look, look, numberOf, type Tree, textOf } from "../../languages/kubernetes/look.js";
import { at, rule } from "../../rule.js";
import { containersOf } from "./_container.js";

export default rule({
  on: "kubernetes",
  title: "Let liveness and readiness ask different things",
  why: 'Readiness says "no traffic for now", liveness says "restart me". Asked of the same endpoint, a container that is only busy or waits for another system is killed for it. A shared endpoint can be meant, with a liveness probe that waits longer: that is why this rule is off unless it is named.',
  severity: "hint",
  profile: "opt-in",
  phase: 4,
  standard: "Engineer Instructions, Monitoring Requirements",
  alsoKnownAs: ["kube-score pod-probes-identical"],

  *check(file) {
    for (const { container } of containersOf(file)) {
      const { tree, called } = container;
      const liveness = handlerOf(tree, look(tree, "livenessProbe"));
      const readiness = handlerOf(tree, look(tree, "readinessProbe"));
      if (!liveness || !readiness || liveness.asks !== readiness.asks) continue;
      yield at(readiness, `${called} asks the same for readiness as for liveness: ${readiness.asks}`);
    }
  },
});

interface Handler {
  readonly asks: string;
  readonly span: { readonly start: number; readonly end: number };
}

/** What a probe does, in the same words for the same thing; undefined where it is not known to its end. */
function handlerOf(container: Tree, probe: Look): Handler | undefined {
  for (const [key, describe] of handlers) {
    const found = look(probe, key);
    if (typeof found === "string") continue;
    const asks = describe(found, (port) => portOf(container, port));
    return asks === undefined ? undefined : { asks, span: found.node.span };
  }
  return undefined;
}

type Describe = (found: Tree, portOf: (found: Look) => string | undefined) => string | undefined;

const handlers: readonly (readonly [string, Describe])[] = [
  [
    "httpGet",
    (found, port) =>
      join(
        or(look(found, "scheme"), "HTTP"),
        " GET ",
        or(look(found, "path"), "/"),
        " on port ",
        port(look(found, "port")),
        hostOf(found),
      ),
  ],
  ["tcpSocket", (found, port) => join("a connection to port ", port(look(found, "port")), hostOf(found))],
  [
    "grpc",
    (found, port) => join('gRPC health of "', or(look(found, "service"), ""), '" on port ', port(look(found, "port"))),
  ],
  ["exec", (found) => commandOf(look(found, "command"))],
];

const join = (...parts: readonly (string | undefined)[]): string | undefined =>
  parts.includes(undefined) ? undefined : parts.join("");

function or(found: Look, fallback: string): string | undefined {
  const field = textOf(found);
  if (field.state === "unknown") return undefined;
  return field.state === "set" ? field.value : fallback;
}

/** Another host, or headers of its own, make it another question. */
function hostOf(found: Tree): string | undefined {
  if (look(found, "httpHeaders") !== "absent") return undefined;
  const host = or(look(found, "host"), "");
  return host === undefined || host === "" ? host : ` of ${host}`;
}

function commandOf(found: Look): string | undefined {
  const words = items(found).map((item) => textOf(item));
  const known = words.flatMap((word) => (word.state === "set" ? [word.value] : []));
  return known.length > 0 && known.length === words.length ? known.join(" ") : undefined;
}

/** A port by its number, also where the probe names one of the container's ports. */
function portOf(container: Tree, found: Look): string | undefined {
  const port = textOf(found);
  if (port.state !== "set") return undefined;
  for (const one of items(look(container, "ports"))) {
    const name = textOf(look(one, "name"));
    const number = numberOf(look(one, "containerPort"));
    if (name.state === "set" && name.value === port.value && number.state === "set") return String(number.value);
  }
  return port.value;
}
