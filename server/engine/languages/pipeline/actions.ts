// What GitHub actions say about a job, by `action-roles.ts` and, for others, by their names.

import { like } from "../../image.js";
import type { Span } from "../../text.js";
import { type ActionGroup, actionGroups, throwawayActions } from "./action-roles.js";
import type { Evidence } from "./model.js";
import { rolesOfName, wordsOf } from "./names.js";
import { noOwnRoles, type OwnRoles } from "./own-roles.js";

interface Action {
  readonly start: string;
  readonly input?: string;
  readonly value: string;
  readonly group?: ActionGroup;
}

/** What an action does; `inputs` are its values under `with:`. What the team says of it goes first. */
export function evidenceOfAction(
  uses: string,
  span: Span,
  inputs: ReadonlyMap<string, string>,
  own: OwnRoles = noOwnRoles,
): readonly Evidence[] {
  const text = withoutReference(uses);
  const said = own.ofUse([text], text, span);
  if (said.length > 0) return said;
  const name = text.toLowerCase();
  const evidence = { text, by: "action", span } as const;
  const known = actionsByOwner.get(ownerOf(name))?.find((action) => matches(action, name, inputs));
  if (known?.group) {
    const { role, weak, infrastructure } = known.group;
    return [{ role, ...evidence, ...(weak && { weak }), ...(infrastructure && { infrastructure }) }];
  }
  return rolesOfName(name.slice(name.indexOf("/") + 1)).map((role) => ({ role, ...evidence, weak: true }));
}

/** Whether the action gives the job a cluster of its own, to be thrown away after it. */
export function isThrowawayAction(uses: string): boolean {
  const name = withoutReference(uses).toLowerCase();
  // An action of the repository itself is known by its name alone: `./.github/actions/setup-k3d`.
  if (/^[.$]\//.test(name))
    return wordsOf(name.slice(name.lastIndexOf("/") + 1)).some((word) => throwawayWords.has(word));
  return throwaways.some((action) => matches(action, name, noInputs));
}

const throwawayWords: ReadonlySet<string> = new Set("kind k3d k3s minikube microk8s localstack vcluster".split(" "));

const withoutReference = (uses: string): string => uses.split("@", 1)[0] ?? uses;
const ownerOf = (name: string): string => name.slice(0, name.indexOf("/") + 1);
const noInputs: ReadonlyMap<string, string> = new Map();

/** `azure/k8s-deploy` is also `azure/k8s-deploy/sub`, but not `azure/k8s-deploying`. */
function matches({ start, input, value }: Action, name: string, inputs: ReadonlyMap<string, string>): boolean {
  if (!name.startsWith(start)) return false;
  const next = name[start.length];
  const whole = start.endsWith("/") || next === undefined || next === "/" || next === "-";
  return whole && (input === undefined || like((inputs.get(input) ?? "").toLowerCase(), value));
}

const actionsIn = (actions: string, group?: ActionGroup): readonly Action[] =>
  actions.split(",").map((entry) => {
    const [start = "", condition] = entry.trim().split(/\s+/);
    const [input, value = "*"] = condition?.split("=") ?? [];
    return { start, value, ...(input !== undefined && { input }), ...(group && { group }) };
  });

const actionsByOwner = ((): ReadonlyMap<string, readonly Action[]> => {
  const owners = new Map<string, Action[]>();
  for (const action of actionGroups.flatMap((group) => actionsIn(group.actions, group)))
    owners.set(ownerOf(action.start), [...(owners.get(ownerOf(action.start)) ?? []), action]);
  return owners;
})();

const throwaways = actionsIn(throwawayActions);
