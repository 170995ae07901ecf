// Alerts without a summary.

import { annotationRule } from "./_alert.js";

export default annotationRule({
  key: "summary",
  or: [],
  title: "Give every alert a summary",
  why: "The summary is the line that a pager, a chat message and a list of alerts show. Without one, whoever is woken up reads a name that somebody else has invented.",
  standard: "Engineer Instructions, Alert Design",
  example: `\${1:What is wrong, in one line}`,
});
