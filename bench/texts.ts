// Texts of about a thousand lines, one a language, as people write them: mostly right, a finding here and there.

const repeat = (count: number, block: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => block(i)).join("");

const dockerfile = repeat(
  55,
  (i) => `# Stage ${i}
FROM node:20-alpine AS stage${i}
ARG BUILD_DATE
ARG VERSION=1.${i}.0
ENV NODE_ENV=production \\
    PORT=30${i}
WORKDIR /app
COPY --chown=node:node package*.json ./
RUN --mount=type=cache,target=/root/.npm \\
    npm ci --omit=dev && \\
    npm cache clean --force
COPY . .
RUN <<EOF
set -e
npm run build
EOF
USER node
EXPOSE 3000
CMD ["node", "server.js"]
`,
);

const closed = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: closed
  namespace: shop
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: one-at-a-time
  namespace: shop
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/part-of: shop
---
`;

const deployments = repeat(
  19,
  (i) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders-${i}
  namespace: shop
  annotations:
    requirement-id: "REQ-PERF-001"
  labels:
    app.kubernetes.io/name: orders-${i}
spec:
  replicas: 3
  selector:
    matchLabels:
      app.kubernetes.io/name: orders-${i}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: orders-${i}
        app.kubernetes.io/part-of: shop
    spec:
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
      containers:
        - name: orders
          image: registry.example.com:5000/shop/orders:1.${i}.0
          ports:
            - containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: info
            - name: DATABASE_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: orders
                  key: password
          securityContext:
            allowPrivilegeEscalation: false
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              memory: 256Mi${i % 5 === 0 ? "" : "\n              cpu: 500m"}
          readinessProbe:
            httpGet: { path: /ready, port: 8080 }
          livenessProbe:
            httpGet: { path: /alive, port: 8080 }
---
`,
);

const kubernetes = `${closed}${deployments}`;

const terraform = repeat(
  40,
  (i) => `# Queue ${i}
resource "aws_sqs_queue" "orders_${i}" {
  name                       = "\${var.prefix}-orders-${i}"
  visibility_timeout_seconds = 60
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_${i}.arn
    maxReceiveCount     = 5
  })

  tags = {
    Environment = var.environment
    Owner       = "payments"
    Project     = local.project
  }
}

variable "size_${i}" {
  description = "How many workers"
  type        = number
  default     = ${i}
}

output "queue_${i}" {
  value = aws_sqs_queue.orders_${i}.id
}
`,
);

const workflow = `name: Delivery
on:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: npm test
  build:
    needs: test
    runs-on: ubuntu-24.04
    steps:
      - run: npm run build
${repeat(
  52,
  (i) => `  service-${i}:
    name: Service ${i}
    needs: [test, build]
    runs-on: ubuntu-24.04
    container:
      image: node:20-alpine
    env:
      SERVICE: service-${i}
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - name: Install
        run: npm ci
      - name: Pack
        run: |
          npm pack --workspace service-${i}
          mv *.tgz out/
      - uses: actions/upload-artifact@v4
`,
)}`;

const gitlab = `stages: [test, build, pack]
unit:
  stage: test
  script: [npm test]
${repeat(
  100,
  (i) => `service-${i}:
  stage: ${i % 2 ? "build" : "pack"}
  image: node:20-alpine
  variables:
    SERVICE: service-${i}
  script:
    - npm ci
    - npm run pack --workspace service-${i}
  rules:
    - if: $CI_COMMIT_BRANCH == "main"
`,
)}`;

export interface Sample {
  readonly name: string;
  readonly path: string;
  readonly languageId: string;
  readonly parser: "dockerfile" | "yaml" | "terraform";
  readonly text: string;
}

export const samples: readonly Sample[] = [
  { name: "Dockerfile", path: "Dockerfile", languageId: "dockerfile", parser: "dockerfile", text: dockerfile },
  { name: "Kubernetes", path: "orders.yaml", languageId: "yaml", parser: "yaml", text: kubernetes },
  { name: "Terraform", path: "main.tf", languageId: "terraform", parser: "terraform", text: terraform },
  { name: "GitHub Actions", path: ".github/workflows/main.yml", languageId: "yaml", parser: "yaml", text: workflow },
  { name: "GitLab CI", path: ".gitlab-ci.yml", languageId: "yaml", parser: "yaml", text: gitlab },
];
