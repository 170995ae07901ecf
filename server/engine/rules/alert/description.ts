// Alerts without a description.

import { annotationRule } from "./_alert.js";

export default annotationRule({
  key: "description",
  or: ["message"],
  title: "Describe what every alert means",
  why: "The description says what is broken, where, and how badly: the labels and the value of the series belong into it. Without it the first minutes of an incident go into reading PromQL.",
  standard: "Engineer Instructions, Alert Design",
  example: `\${1:What is wrong, and where}: {{ \\$value }}`,
});
