// Deployments to production that replace everything at once.

import { flowOf } from "../../languages/pipeline/flow.js";
import { at, option, rule } from "../../rule.js";
import { namedBy } from "./_names.js";
import { productionIn, seesAll, wordsIn } from "./_seen.js";

export default rule({
  on: "pipeline",
  title: "Deploy to production step by step",
  why: "What replaces the whole service at once breaks it for everybody at once. A rolling, canary or blue-green deployment shows a mistake to a few, or to nobody, and the way back is a switch instead of another deployment.",
  severity: "information",
  profile: "strict",
  phase: 3,
  standard: "Engineer Instructions, Deployment Strategies",
  options: {
    strategies: option.strings([], "Words in names, commands or actions that stand for a strategy of your own"),
  },

  *check(pipeline, { strategies }, workspace) {
    const flow = flowOf(pipeline, workspace);
    if (!flow || !seesAll(flow)) return;
    const own = strategies.map((word) => word.toLowerCase());
    for (const job of productionIn(flow)) {
      const { deployment } = job;
      if (!deployment || deployment.evidence.infrastructure) continue;
      // What is only known by its name may deploy in any way.
      const abrupt = wordsIn(job, pipeline, atOnce)[0];
      if (abrupt === undefined || wordsIn(job, pipeline, stepByStep).length > 0) continue;
      if (wordsIn(job, pipeline, /./).some((text) => own.some((word) => text.toLowerCase().includes(word)))) continue;
      yield at(
        job.node.span,
        `${namedBy(job, deployment.evidence)} replaces production at once by "${shorten(abrupt)}": no rolling, canary or blue-green deployment is seen`,
      );
    }
  },
});

/** Ways of deploying that put the new version in the place of the old one, for all users together. */
const atOnce =
  /^(?:ssh|scp|rsync|sftp|lftp|sshpass)\b|^docker(?:-compose| compose) .*\bup\b|^docker run .*-d\b|^systemctl (?:restart|reload)|^pm2 (?:restart|reload)|^(?:easingthemes\/ssh-deploy|appleboy\/(?:ssh|scp)-action|samkirkland\/ftp-deploy-action|burnett01\/rsync-deployments)|^kubectl (?:delete|replace --force)|^aws lambda update-function-code/i;

/** Words that speak of a strategy, or platforms that roll by themselves. */
const stepByStep =
  /canary|blue[-_ /]?green|\bblue\b|\bgreen\b|rolling|rollout (?:status|restart|undo)|rollouts|traffic|weight|slot|argo|flagger|spinnaker|promote|alias|symlink|ln -s|releases\/|kubectl apply|kubectl set image|helm|ecs|nomad|docker (?:stack|service)|kamal|codedeploy|aws deploy|swarm|scale/i;

const shorten = (text: string): string =>
  (text.length > 40 ? `${text.slice(0, 39).trimEnd()}…` : text).replace(/\s+/g, " ");
