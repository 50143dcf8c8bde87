// Problems as SARIF 2.1.0 (OASIS), for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

import type { Problem } from "../../core/problem.ts";
import { sha256 } from "../../core/sha256.ts";
import type { Explanation, Explanations } from "../../explanations/explanation.ts";
import type { CommandResult } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { ownVersion } from "../own-version.ts";

const schemaUri =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const repositoryRoot = "%SRCROOT%";

/** One run with a result for each problem. The rules are those that were broken, sorted. */
export function sarifReport(
  { exitCode, problems, summary }: CommandResult,
  explanations: Explanations,
): string {
  const codes = [...new Set(problems.map(({ code }) => code))].sort();
  const log = {
    $schema: schemaUri,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "meshfront",
            version: ownVersion,
            rules: codes.map((code) => ruleOf(code, problems, explanations[code])),
          },
        },
        invocations: [
          { executionSuccessful: !failures.includes(exitCode), exitCode, exitCodeDescription: summary },
        ],
        originalUriBaseIds: {
          [repositoryRoot]: { description: { text: "The root of the Git repository." } },
        },
        columnKind: "utf16CodeUnits",
        results: withFingerprints(problems).map(({ problem, fingerprint }) =>
          resultOf(problem, codes.indexOf(problem.code), fingerprint),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** The run did not come to its end; what it found so far is not all. */
const failures: readonly number[] = [exitCodes.outside, exitCodes.timeout];

function ruleOf(code: string, problems: readonly Problem[], explanation: Explanation | undefined) {
  const { meaning = code, why, fix } = explanation ?? {};
  const paragraphs = (...parts: readonly (string | undefined)[]): string =>
    parts.filter((part) => part !== undefined).join("\n\n");
  const isAlwaysWarning = problems.every(
    (problem) => problem.code !== code || problem.severity === "warning",
  );
  return {
    id: code,
    shortDescription: { text: meaning },
    // GitHub asks for both, and shows them beside the alert.
    fullDescription: { text: paragraphs(meaning, why) },
    help: { text: paragraphs(meaning, why, fix) },
    defaultConfiguration: { level: isAlwaysWarning ? "warning" : "error" },
  };
}

function resultOf(
  { code, severity, message, suggestion, file, line, column }: Problem,
  ruleIndex: number,
  fingerprint: string,
) {
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: suggestion === undefined ? message : `${message}\n${suggestion}` },
    locations: [
      {
        physicalLocation: {
          // GitHub takes no result without a place: what concerns no file concerns the folder of cluster files.
          artifactLocation: { uri: uriOf(file ?? "clusters"), uriBaseId: repositoryRoot },
          region: { startLine: line ?? 1, ...(column !== undefined && { startColumn: column }) },
        },
      },
    ],
    partialFingerprints: { "meshfront/v1": fingerprint },
  };
}

const uriOf = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

/** The same for the same problem wherever its line moves; equal ones of a file are told apart by their order. */
function withFingerprints(problems: readonly Problem[]) {
  const seen = new Map<string, number>();
  return problems.map((problem) => {
    const { code, file = "", path, message } = problem;
    const identity = sha256(JSON.stringify([code, file, path ?? message]));
    const occurrence = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, occurrence);
    return { problem, fingerprint: `${identity.slice(0, 32)}:${occurrence}` };
  });
}
