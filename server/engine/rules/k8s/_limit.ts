// The rules that ask for a limit, one a resource: they differ in the resource and in what is said about it.

import { isNone, limitOf, type Resource, requestOf } from "../../languages/kubernetes/model.js";
import { at, type Rule, rule, snippet } from "../../rule.js";
import { completeness, containersOf, extend, whenEdited } from "./_container.js";

interface LimitFacts {
  readonly resource: Resource;
  /** How messages call the resource. */
  readonly name: string;
  /** A quantity to start from where the container requests none. */
  readonly example: string;
  readonly title: string;
  readonly why: string;
  readonly severity: "warning" | "information";
  readonly alsoKnownAs: readonly string[];
}

/** The rule that every container has a limit for a resource. */
export const limitRule = ({ resource, name, example, ...about }: LimitFacts): Rule =>
  rule({
    on: "kubernetes",
    ...about,
    profile: "recommended",
    phase: 3,
    standard: "Engineer Instructions, Kubernetes Best Practices",

    *check(file, _options, workspace) {
      const isComplete = completeness(file, "resources", workspace);
      for (const { object, pod, container } of containersOf(file)) {
        const limit = limitOf(pod, container, resource);
        // An ephemeral container has no resources of its own.
        if (!isNone(limit) || container.role === "ephemeral" || !isComplete(object)) continue;
        const request = requestOf(pod, container, resource);
        const proposed = `\${1:${request.state === "set" ? request.value : example}}`;
        const edits = extend(file, container.tree, { resources: { limits: { [resource]: proposed } } });
        yield at(
          limit.state === "zero" ? limit.span : container.span,
          `${container.called} has no ${name} limit`,
          ...whenEdited(edits, (...all) => snippet(`Add a ${name} limit to ${container.called}`, ...all)),
        );
      }
    },
  });
