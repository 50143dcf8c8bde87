import { describe, expect, it } from "vitest";
import { analyseChart } from "../../../config/helm-template/analyse-chart.ts";
import { chartOf, readChartFolder } from "./read-chart-folder.ts";
import { conditional, never, read, unknown } from "./stub.expected.ts";

describe("a chart with every form in which a template reads values", () => {
  const { judge, notUnderstood, name, version } = analyseChart(readChartFolder("stub"));
  const verdictOf = (dotted: string) => judge(dotted.split("."));

  it("is understood", () => {
    expect({ name, version, notUnderstood }).toEqual({ name: "stub", version: "1.2.3", notUnderstood: [] });
  });

  it.each(read)("reads %s", (path) => {
    expect(["read", "conditional"]).toContain(verdictOf(path).kind);
  });

  it.each(Object.entries(conditional))("reads %s under a condition", (path, guards) => {
    expect(verdictOf(path)).toEqual({ kind: "conditional", guards });
  });

  it.each(never)("never reads %s", (path) => {
    expect(verdictOf(path)).toEqual({ kind: "never" });
  });

  it.each(Object.entries(unknown))("leaves %s undecided", (path, reason) => {
    const verdict = verdictOf(path);
    expect(verdict).toMatchObject({ kind: "unknown" });
    expect("reason" in verdict && verdict.reason.startsWith(reason) ? reason : verdict).toBe(reason);
  });
});

describe("a chart that cannot be decided as a whole", () => {
  const verdictOf = (templates: Readonly<Record<string, string>>, path: string) =>
    analyseChart(chartOf(templates)).judge(path.split("."));

  it.each([
    ["prints all values", "{{ .Values | toYaml }}", "all values are printed"],
    ["prints its context", "{{ toJson $ }}", "all values are printed"],
    [
      "runs a value as a template",
      "{{ tpl .Values.a . }}",
      "tpl runs a text that is not known before rendering",
    ],
    [
      "includes what a value names",
      "{{ include .Values.a . }}",
      "the name of an included template is not known",
    ],
    [
      "merges everything into what is printed",
      "{{ merge (dict) .Values | toYaml }}",
      "all values are printed",
    ],
    ["chooses a key while rendering", "{{ index .Values .Release.Name }}", "a key of .Values is chosen"],
    [
      "includes what is not there",
      '{{ include "other.library" . }}',
      "the template other.library is not in the chart",
    ],
    ["is not understood", "x\n{{ if .Values.a }}", "templates/a.yaml:2 is not understood: "],
    ["calls a function of a later Helm", "{{ later .Values }}", "all values are printed"],
  ])("because it %s says so of every value", (_, template, reason) => {
    const verdict = verdictOf({ "a.yaml": template }, "anything.at.all");
    expect(verdict).toMatchObject({ kind: "unknown" });
    expect("reason" in verdict ? verdict.reason : "").toContain(reason);
  });

  it("follows a file that is included by its path, a partial too", () => {
    const templates = {
      "a.yaml": '{{ include (print $.Template.BasePath "/_part.tpl") . }}',
      "sub/b.yaml": '{{ include "made/templates/_other.tpl" . }}',
      "_part.tpl": "{{ .Values.inPart }}",
      "_other.tpl": "{{ .Values.inOther }}",
      "_never.tpl": "{{ .Values.inNever }}",
    };
    expect(["inPart", "inOther", "inNever"].map((path) => verdictOf(templates, path).kind)).toEqual([
      "read",
      "read",
      "never",
    ]);
  });

  it("still says of what another template reads that it is read", () => {
    expect(verdictOf({ "a.yaml": "{{ .Values | toYaml }}", "b.yaml": "{{ .Values.b }}" }, "b")).toEqual({
      kind: "read",
    });
  });
});

describe("Istio's way of laying profiles under the values", () => {
  const profile = `
    {{- $defaults := $.Values._internal_defaults_do_not_set }}
    {{- $_ := unset $.Values "_internal_defaults_do_not_set" }}
    {{- $profile := dict }}
    {{- with (coalesce ($.Values).profile ($.Values.global).profile) }}
    {{- with $.Files.Get (printf "files/profile-%s.yaml" .)}}
    {{- $profile = (. | fromYaml) }}
    {{- else }}{{ fail (cat "unknown profile" .) }}{{- end }}
    {{- end }}
    {{- if $profile }}{{- $a := mustMergeOverwrite $defaults $profile }}{{- end }}
    {{- $a := mustMergeOverwrite $defaults ($profile.global) ($.Values.global | default dict) }}
    {{- $b := set $ "Values" (mustMergeOverwrite $defaults $.Values) }}`;
  const { judge } = analyseChart({
    ...chartOf({
      "a.yaml": "{{ .Values.service.type }}{{ toYaml .Values.labels }}",
      "zzz_profile.yaml": profile,
    }),
    values: { _internal_defaults_do_not_set: { global: { networkPolicy: { enabled: false } } } },
  });

  it.each([
    "service.type",
    "global.service.type",
    "labels.x",
    "global.labels.x",
    "profile",
    "global.profile",
  ])("reads %s", (path) => expect(judge(path.split("."))).toMatchObject({ kind: "read" }));

  it("reads the defaults below their own key", () => {
    expect(judge(["_internal_defaults_do_not_set", "service", "type"])).toEqual({ kind: "read" });
  });

  it.each(["service.nodePorts", "global.hub", "autoscaling", "pilot.service.type"])(
    "never reads %s",
    (path) => expect(judge(path.split("."))).toEqual({ kind: "never" }),
  );
});
