// Tables of tasks, orb commands and steps of plugins: which of them an author has written, by name and by an input.

import { like } from "../../image.js";
import type { Span } from "../../text.js";
import type { ActionGroup } from "./action-roles.js";
import type { Evidence } from "./model.js";
import { rolesOfName } from "./names.js";
import { noOwnRoles, type OwnRoles } from "./own-roles.js";

/** A table with names that hold for every letter case, `*` for any characters; `name=value` behind one asks for an input. */
export interface Uses {
  /** What the team says of a name, or else the table; by its words, as a weak sign, where the table does not know it. */
  evidenceOf(
    name: string,
    text: string,
    span: Span,
    inputs: ReadonlyMap<string, string>,
    own?: OwnRoles,
  ): readonly Evidence[];
}

interface Entry {
  readonly name: string;
  readonly input?: string;
  readonly value: string;
  readonly group: ActionGroup;
}

/** Reads a table; the first entry that fits counts. */
export function usesOf(groups: readonly ActionGroup[]): Uses {
  const entries = groups.flatMap((group) => group.actions.split(",").map((written) => entryOf(written, group)));
  const plain = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = entry.name.includes("*") ? "*" : entry.name;
    plain.set(key, [...(plain.get(key) ?? []), entry]);
  }
  return {
    evidenceOf(written, text, span, inputs, own = noOwnRoles) {
      const said = own.ofUse([written, text, text.slice(text.lastIndexOf(".") + 1)], text, span);
      if (said.length > 0) return said;
      const name = written.toLowerCase();
      const fits = (entry: Entry): boolean =>
        like(name, entry.name) &&
        (entry.input === undefined || like((inputs.get(entry.input) ?? "").toLowerCase(), entry.value));
      const known = plain.get(name)?.find(fits) ?? plain.get("*")?.find(fits);
      if (!known) return rolesOfName(written).map((role) => ({ role, text, by: "action", weak: true, span }));
      const { role, weak, infrastructure } = known.group;
      return [{ role, text, by: "action", span, ...(weak && { weak }), ...(infrastructure && { infrastructure }) }];
    },
  };
}

function entryOf(written: string, group: ActionGroup): Entry {
  const [name = "", condition] = written.trim().toLowerCase().split(/\s+/);
  const [input, value = "*"] = condition?.split("=") ?? [];
  return { name, value, group, ...(input !== undefined && { input }) };
}
