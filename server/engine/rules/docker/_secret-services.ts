// Secrets whose values a Compose file hands to a service, or to the build of one.

import type { ComposeFile, Variable } from "../../languages/compose/model.js";
import { at, type Finding, type Fix, replace, suggest } from "../../rule.js";
import { isHarmlessValue, isKeptElsewhere, isPlaceholder } from "../../secrets.js";

/** @param isSecret whether a name is one of a secret */
export function* serviceSecrets({ services }: ComposeFile, isSecret: (name: string) => boolean): Generator<Finding> {
  const seen = new Set<number>();
  for (const { name: service, environment, build } of services)
    for (const variable of [...environment, ...(build?.args ?? [])]) {
      const { name, nameSpan, value } = variable;
      // Merged into several services, it is written once.
      if (!value?.known || seen.has(nameSpan.start) || !isSecret(name)) continue;
      if (isHarmlessValue(value.text) || isPlaceholder(value.text) || isKeptElsewhere(value.text)) continue;
      seen.add(nameSpan.start);
      const subject = `"${name}" of service "${service}" looks like a secret`;
      if (value.used.length === 0)
        yield at(nameSpan, `${subject}: its value stands in the file`, ...fromOutside(variable));
      else yield at(nameSpan, `${subject}: a default stands in the file`, "warning");
    }
}

function fromOutside({ name, value, replaceable }: Variable): readonly Fix[] {
  if (!value || !replaceable || !/^[A-Za-z_]\w*$/.test(name)) return [];
  return [suggest(`Take "${name}" from the environment`, replace(value.span, `\${${name}}`))];
}
