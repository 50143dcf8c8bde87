import { describe, expect, it } from "vitest";
import { load, minimalCluster, printed } from "./minimal-cluster.ts";

/** Ways to write a secret into repository.url, some of them broken in another way too. */
const urls = [
  "https://robot:hunter2@example.com/x.git",
  "https://hunter2@example.com/x.git",
  "https://robot:hunter2@example.com",
  "https://robot:a/hunter2@example.com/x.git",
  "https://robot:a@hunter2@example.com/x.git",
  "https://robot:a hunter2@example.com/x.git",
  "https://example.com:80a/hunter2@example.com",
  "http://robot:hunter2@example.com/x.git",
  "HTTPS://robot:hunter2@example.com/x.git",
  "https:/robot:hunter2@example.com/x.git",
  "https//robot:hunter2@example.com/x.git",
  "https://robot:hunter2@example.com/x y",
  "https://example.com/x.git?access_token=hunter2",
  "ssh://git:hunter2@example.com/x.git",
  "git:hunter2@example.com:x.git",
  "ftp://robot:hunter2@example.com/",
  "file://robot:hunter2@example.com/x",
  '"https://robot:hunter2@example.com/\\u0000"',
  '"https://robot:hunter2@example.com/x" junk',
  "'https://robot:hunter2@example.com/x",
  "[https://robot:hunter2@example.com/x.git]",
  "{ https://robot:hunter2@example.com/x.git: a }",
  "https://robot:hunter2@example.com: a: b",
  "|\n    https://robot:hunter2@example.com/x.git",
  "!url https://robot:hunter2@example.com/x.git",
  "*https://robot:hunter2@example.com/x.git",
  "- https://robot:hunter2@example.com/x.git",
  "https://a.example/x\n  url: https://robot:hunter2@example.com/x.git",
  "https://a.example/x\n  https://robot:hunter2@example.com/x.git: 1",
  "https://a.example/x\n https://robot:hunter2@example.com/x.git",
];

describe("a secret in repository.url", () => {
  it.each(urls)("is an error and is printed nowhere: %j", (url) => {
    const result = load(minimalCluster.replace("https://github.com/example/platform.git", url));
    expect(result.problems.some(({ severity }) => severity === "error")).toBe(true);
    expect(printed(result)).not.toContain("hunter2");
    expect(JSON.stringify(result.problems)).not.toContain("hunter2");
  });

  it("is not printed either where it is put by mistake", () => {
    const secret = "https://robot:hunter2@example.com";
    const text = `${minimalCluster}    annotations: { "${secret}": 1, auth-scope: " ${secret}" }
    name: "${secret}"
    tags: { " ${secret}": x }
${secret}: 1
istio:
  charts: ${secret}
  hub: ${secret}
  istiod: { values: { profile: "${secret}" } }
gateways:
  ingress: { values: { "${secret}": 1, labels: "${secret}", kind: "${secret}", "${secret}2": ~ } }
`.replace("region: ap-northeast-2", `region: ap-northeast-2\n  server: ${secret}`);
    const result = load(text);
    expect(result.problems.length).toBeGreaterThan(5);
    expect(JSON.stringify(result.problems)).not.toContain("hunter2");
  });
});
