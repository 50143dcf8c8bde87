import type { RuleCase } from "./rule-case.ts";

export const manifestCases: readonly RuleCase[] = [
  {
    code: "manifests/path",
    title: "wants files outside of the folders that meshfront reads and writes",
    fails: `
      manifests: [{ path: dist/mine.yaml, wave: gateway }]
    `,
    problems: `
      clusters/demo.yaml:1:15 error manifests/path: expected a file outside of dist/, found dist/mine.yaml: what stands there is read or written by meshfront itself
        Move it to a folder of its own, such as mesh/.
    `,
    passes: `
      manifests: [{ path: mesh/dist/mine.yaml, wave: gateway }]
    `,
  },
  {
    code: "manifests/path-twice",
    title: "wants a name for each file in the output, on disks that do not tell capitals apart too",
    fails: `
      manifests:
        - { path: mesh/policy.yaml, wave: gateway }
        - { path: Mesh-policy.yml, wave: ingress }
    `,
    problems: `
      clusters/demo.yaml:3:7 error manifests/path-twice: expected files whose names differ in the output, found Mesh-policy.yml beside mesh/policy.yaml: both are Mesh-policy.yaml there
        Rename one of them.
    `,
    passes: `
      manifests:
        - { path: mesh/policy.yaml, wave: gateway }
        - { path: mesh/telemetry.yaml, wave: gateway }
    `,
  },
];
