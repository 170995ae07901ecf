// Machine images are looked up or handed in, not written into a resource.

import { addressOf } from "../../languages/terraform/model.js";
import { effectiveBlocks } from "../../languages/terraform/override.js";
import { at, rule } from "../../rule.js";
import { constantsIn, intoVariable } from "./_constants.js";
import { isForShow } from "./_module.js";
import { variablesOf } from "./_variables.js";

export default rule({
  on: "terraform",
  title: "Do not write image ids into resources",
  why: "An image id holds for one region and one moment: in another region the apply fails, and the machine never gets the fixes of newer images. A data source finds the current image; a variable says at least in one place which one is meant.",
  severity: "warning",
  profile: "recommended",
  phase: 2,
  standard: "Engineer Instructions, IaC Best Practices",

  *check(file, _options, workspace) {
    if (isForShow(file.folder)) return;
    const taken = variablesOf(file, workspace);
    for (const block of effectiveBlocks(file, workspace).filter(({ type }) => type === "resource"))
      for (const constant of constantsIn(block)) {
        const { value } = constant.value;
        if (!/^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(value)) continue;
        const fix = intoVariable(file, constant, taken);
        yield at(constant.value, `image "${value}" is written into "${addressOf(block)}"`, ...(fix ? [fix] : []));
      }
  },
});
