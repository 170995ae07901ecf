// A whole class of incidents that no alert of the workspace watches.

import type { Signal } from "../../languages/prometheus/signals.js";
import { at, option, rule } from "../../rule.js";
import { alertFiles } from "./_alert.js";

const classes: Readonly<Record<string, Signal>> = {
  performance: "performance",
  errors: "errors",
  security: "security",
};

export default rule({
  on: "prometheus",
  title: "Alert on performance, errors and security events",
  why: "Each of the three is found out late when nobody watches it: slowness by users who leave, errors by those who complain, security events by strangers.",
  severity: "hint",
  profile: "opt-in",
  phase: 4,
  standard: "DevOps & SRE Master Protocol, Phase 4",
  options: {
    classes: option.strings(Object.keys(classes), "Classes that need an alert: performance, errors, security"),
  },

  *check(file, options, workspace) {
    const [first] = file.alerts;
    const { isFirst, alerts } = alertFiles(file, workspace.facts("prometheus.alerts", "all"));
    if (!first || !isFirst) return;
    for (const name of options.classes) {
      const signal = classes[name];
      if (signal && workspace.facts("prometheus.signal", signal).length === 0)
        yield at(first, `no alert among ${alerts} in the workspace watches ${name}`);
    }
  },
});
