// The role catalogue: commands, actions and names that are easily taken for something else.

import { describe, expect, it } from "vitest";
import { evidenceOfAction } from "../../../server/engine/languages/pipeline/actions.js";
import { evidenceOfCommand } from "../../../server/engine/languages/pipeline/commands.js";
import { canRun } from "../../../server/engine/languages/pipeline/condition.js";
import { rolesOfName, tierOfName } from "../../../server/engine/languages/pipeline/names.js";
import { commandsOf } from "../../../server/engine/languages/pipeline/shell.js";

const seen = (text: string): string =>
  commandsOf({ text, start: 0, end: text.length })
    .flatMap((command) => evidenceOfCommand(command))
    .map((one) => one.role + (one.role !== "unseen" && one.weak ? "?" : ""))
    .join(" ");

describe("commands", () => {
  it.each([
    ["kubectl -n shop --context prod apply -f k8s", "deploy"],
    ["kubectl apply -f k8s --dry-run=client", "plan"],
    ["kubectl get pods", ""],
    ["kubectl create namespace shop", "deploy?"],
    ["kustomize build overlays/prod | kubectl apply -f -", "deploy"],
    ["helm --kube-context prod upgrade --install shop chart/", "deploy"],
    ["helm template chart/", "plan"],
    ["helm rollback shop 3", "rollback"],
    ["terraform -chdir=infra apply -auto-approve", "deploy"],
    ["terraform apply -destroy", ""],
    ["terraform fmt -check -recursive", "lint"],
    ["terraform plan -out=p", "plan"],
    ["aws --profile prod ecs update-service --cluster c", "deploy"],
    ["aws s3 sync dist s3://bucket", "deploy?"],
    ["aws s3 ls", ""],
    ["npm install --save-dev jest", ""],
    ["npm test", "test"],
    ["npm --prefix web run test:unit -- --ci", "test"],
    ["npm run deploy", "deploy"],
    ["npm run deploy:docs", "publish"],
    ["npm run lint && npm run build", "lint build"],
    ["npx jest --coverage", "test"],
    ["npx -y playwright test", "integration"],
    ["yarn workspace web test", "test"],
    ["yarn install --frozen-lockfile", ""],
    ["pnpm -r test", "test"],
    ["mvn -B clean verify", "test build"],
    ["./mvnw package -DskipTests", "build"],
    ["mvn deploy -DskipTests", "build publish"],
    ["./gradlew :app:test", "test"],
    ["./gradlew assemble", "build"],
    ["cargo +nightly test --workspace", "test"],
    ["python3 -m pytest tests", "test"],
    ["python manage.py migrate", ""],
    ["poetry run pytest -q", "test"],
    ["docker compose run --rm web bundle exec rspec", "test"],
    ["docker run --rm -v $PWD:/src aquasec/trivy image shop", "security"],
    ["docker build -t jest .", "build"],
    ["docker pull aquasec/trivy", ""],
    ["uv add --dev pytest", ""],
    ["pip install pytest", ""],
    ["docker build -t x . && docker push x", "build publish"],
    ["bash -c 'cd web && npm test'", "test"],
    ["make test", "test"],
    ["make dev ci terraform-apply", "deploy"],
    ["make -j4 all", "unseen"],
    ["make install", ""],
    ["./deploy.sh production", "deploy"],
    ["bash scripts/run-tests.sh", "test"],
    ["./ci/everything.sh", "unseen"],
    ["curl -fsSL https://sh.rustup.rs | bash -s -- -y", ""],
    ["source venv/bin/activate", ""],
    ["echo kubectl apply", ""],
    ["test -f file", ""],
    ["dotnet publish -c Release", "build"],
    ["npm publish", "publish"],
    ["ansible-playbook site.yml --check", "plan"],
    ["ansible-playbook deploy.yml -i prod", "deploy"],
    ["wrangler deploy", "deploy"],
    ["vercel --prod", "deploy"],
    ["git push origin gh-pages", "publish"],
  ])("%s", (command, roles) => {
    expect(seen(command)).toBe(roles);
  });
});

describe("actions", () => {
  const of = (uses: string, inputs: Record<string, string> = {}): string =>
    evidenceOfAction(uses, { start: 0, end: 0 }, new Map(Object.entries(inputs)))
      .map(({ role, weak }) => role + (weak ? "?" : ""))
      .join(" ");
  it("knows actions in any case and below their path", () => {
    expect(of("Azure/webapps-deploy@v3")).toBe("deploy");
    expect(of("github/codeql-action/analyze@v3")).toBe("security");
    expect(of("azure/webapps-deploying@v3")).toBe("deploy?");
  });
  it("asks for the inputs that decide", () => {
    expect(of("pulumi/actions@v6", { command: "up" })).toBe("deploy");
    expect(of("pulumi/actions@v6", { command: "preview" })).toBe("plan");
    expect(of("azure/static-web-apps-deploy@v1", { action: "close" })).toBe("deploy?");
  });
  it("takes the name of an unknown action for a weak sign", () => {
    expect(of("acme/deploy-to-moon@v1")).toBe("deploy?");
    expect(of("acme/anything@v1")).toBe("");
  });
});

describe("names", () => {
  it.each([
    ["deployToProd", "deploy"],
    ["pre-deploy", ""],
    ["deployment-status", ""],
    ["test-and-deploy", "test deploy"],
    ["deploy-test", "deploy"],
    ["deploy-docs", "publish"],
    ["Trigger K8s deploy", ""],
    ["undeploy", ""],
    ["unit tests", "test"],
    ["latest", ""],
  ])("%s", (name, roles) => {
    expect(rolesOfName(name).join(" ")).toBe(roles);
  });
  it.each([
    ["production", "production"],
    ["deploy-prod-eu", "production"],
    ["pre-prod", "staging"],
    ["non-prod", "staging"],
    ["product-api", undefined],
    ["review/$CI_COMMIT_REF_SLUG", "review"],
    ["$CI_ENVIRONMENT_NAME", undefined],
    ["staging and production", undefined],
  ])("%s is in the tier %s", (name, tier) => {
    expect(tierOfName(name)).toBe(tier);
  });
});

describe("conditions after a failure", () => {
  const values: Record<string, string> = { "needs.unit.result": "failure", "needs.*.result": "\0failure\0?" };
  const runs = (expression: string): boolean => canRun(expression, { failed: true, value: (path) => values[path] });
  it.each([
    ["", false],
    ["github.ref == 'refs/heads/main'", false],
    ["always()", true],
    [`$\{{ always() }}`, true],
    ["!cancelled()", true],
    ["success() || github.ref == 'x'", true],
    ["success() && github.ref == 'x'", false],
    ["!failure()", false],
    ["always() && needs.unit.result == 'success'", false],
    ["always() && needs.unit.result != 'failure'", false],
    ["always() && needs['unit'].result == 'success'", false],
    ["always() && !contains(needs.*.result, 'failure')", false],
    ["always() && contains(needs.*.result, 'failure')", true],
    ["always() && (needs.unit.result == 'success' || inputs.force)", true],
    ["always() && needs.other.result == 'success'", true],
    ["((((", false],
    ["always() && !!!", true],
  ])("%s", (expression, expected) => {
    expect(runs(expression)).toBe(expected);
  });
});
