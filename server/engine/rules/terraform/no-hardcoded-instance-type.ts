// The size of a machine is a choice of the environment, so it comes from outside.

import { addressOf } from "../../languages/terraform/model.js";
import { effectiveBlocks } from "../../languages/terraform/override.js";
import { at, option, rule } from "../../rule.js";
import { constantsIn, intoVariable } from "./_constants.js";
import { isForShow } from "./_module.js";
import { variablesOf } from "./_variables.js";

const sizes = "instance_type, instance_types, instance_class, vm_size, machine_type, node_type, cache_node_type";

export default rule({
  on: "terraform",
  title: "Take machine sizes from variables",
  why: "Staging and production rarely need machines of one size. A size in a resource makes it copy-and-paste between environments, and resizing becomes a change of code; a variable keeps the same code for all of them.",
  severity: "information",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, IaC Best Practices",
  options: {
    arguments: option.strings(sizes.split(", "), "Arguments that hold a machine's size, in all resources"),
    allow: option.strings(["db.serverless"], "Values that are no size"),
  },

  *check(file, { arguments: names, allow }, workspace) {
    if (isForShow(file.folder)) return;
    const taken = variablesOf(file, workspace);
    for (const block of effectiveBlocks(file, workspace).filter(({ type }) => type === "resource"))
      for (const constant of constantsIn(block)) {
        const { value } = constant.value;
        const isSize = names.includes(constant.name) || (constant.name === "size" && isMachine(block.labels[0]?.text));
        if (!isSize || value === "" || allow.includes(value)) continue;
        const fix = intoVariable(file, constant, taken);
        const message = `${constant.name} "${value}" is written into "${addressOf(block)}"`;
        yield at(constant.value, message, ...(fix ? [fix] : []));
      }
  },
});

/** Resources of azurerm that call it plainly "size". */
const isMachine = (type = ""): boolean => /^azurerm_(?:linux|windows|orchestrated)?_?virtual_machine$/.test(type);
