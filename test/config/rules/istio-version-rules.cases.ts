import type { RuleCase } from "./rule-case.ts";

export const istioVersionCases: readonly RuleCase[] = [
  {
    code: "istio/unknown-version",
    title: "warns of a patch that nobody knew",
    fails: `
      istio:
        version: 1.30.99
    `,
    problems: `
      clusters/demo.yaml:2:3 warning istio/unknown-version: expected a release that was known on 2026-12-01, up to 1.30.8, found 1.30.99: its charts were not measured, and if there is no such release, Argo CD finds no chart
        See whether it is published; otherwise use 1.30.8 or older.
    `,
    passes: `
      istio:
        version: 1.30.8
    `,
  },
  {
    code: "istio/unknown-version",
    title: "warns of a minor whose charts were not measured",
    fails: `
      istio: { version: 1.32.0 }
    `,
    problems: `
      clusters/demo.yaml:1:10 warning istio/unknown-version: expected a minor whose charts were measured, the newest of which is 1.31, found 1.32.0: what its charts read or refuse is told as for the newest
        Read its upgrade notes, and let \`meshfront check --charts\` ask its charts.
    `,
    passes: `
      istio: { version: 1.31.4 }
    `,
  },
  {
    code: "istio/version-unsupported",
    title: "refuses a minor whose charts were not measured",
    fails: `
      istio:
        version: 1.27.9
    `,
    problems: `
      clusters/demo.yaml:2:3 error istio/version-unsupported: expected Istio 1.28 or newer, found 1.27.9: what older charts read was not measured
        Upgrade Istio one minor at a time.
    `,
    passes: `
      istio:
        version: 1.28.0
    `,
  },
  {
    code: "istio/unsafe-version",
    title: "refuses 1.30 below 1.30.3",
    fails: `
      istio: { version: 1.30.2 }
    `,
    problems: `
      clusters/demo.yaml:1:10 error istio/unsafe-version: expected 1.30.3 or a later patch, found 1.30.2: 1.30.0 to 1.30.2 push the whole configuration to every proxy when only metadata of a VirtualService changes, as Argo CD does (istio#60629)
        Use 1.30.3 or newer.
    `,
    passes: `
      istio: { version: 1.30.3 }
    `,
  },
  {
    code: "istio/retired-charts",
    title: "refuses the repository in the bucket, however it is spelt",
    fails: `
      istio:
        charts: https://Istio-Release.storage.googleapis.com/charts
    `,
    problems: `
      clusters/demo.yaml:2:3 error istio/retired-charts: the chart repository istio-release.storage.googleapis.com is retired
        Use https://blob.istio.io/istio-release/charts or ghcr.io/istio/release/charts. It is switched off in December 2026 (istio.io, An update on our move to AWS).
    `,
    passes: `
      istio:
        charts: https://blob.istio.io/istio-release/charts
    `,
  },
  {
    code: "istio/retired-charts",
    title: "refuses the OCI registry",
    fails: `
      istio: { charts: gcr.io/istio-release/charts }
    `,
    problems: `
      clusters/demo.yaml:1:10 error istio/retired-charts: the chart repository gcr.io/istio-release is retired
        Use https://blob.istio.io/istio-release/charts or ghcr.io/istio/release/charts. It is switched off in December 2026 (istio.io, An update on our move to AWS).
    `,
    passes: `
      istio: { charts: gcr.io/istio-release-mirror/charts }
    `,
  },
  {
    code: "istio/retired-hub",
    title: "refuses the hub",
    fails: `
      istio: { hub: registry.istio.io/release }
    `,
    problems: `
      clusters/demo.yaml:1:10 error istio/retired-hub: the image hub registry.istio.io/release is retired
        Use docker.io/istio or a cache of it. It is switched off in December 2026 (istio.io, An update on our move to AWS).
    `,
    passes: `
      istio: { hub: 123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/docker-hub/istio }
    `,
  },
  {
    code: "istio/retired-hub",
    title: "finds it anywhere in the values",
    fails: `
      istio:
        istiod:
          values:
            global: { proxy: { image: gcr.io/istio-release/proxyv2 } }
      gateways:
        ingress:
          values:
            initContainers:
              - image: gcr.io/istio-release/proxyv2:1.31.1
    `,
    problems: `
      clusters/demo.yaml:4:26 error istio/retired-hub: the image hub gcr.io/istio-release is retired
        Use docker.io/istio or a cache of it. It is switched off in December 2026 (istio.io, An update on our move to AWS).
      clusters/demo.yaml:9:11 error istio/retired-hub: the image hub gcr.io/istio-release is retired
        Use docker.io/istio or a cache of it. It is switched off in December 2026 (istio.io, An update on our move to AWS).
    `,
    passes: `
      istio:
        istiod:
          values:
            global: { proxy: { image: proxyv2 } }
    `,
  },
  {
    code: "istio/plain-http-charts",
    title: "warns",
    fails: `
      istio: { charts: "http://charts.example.com/istio" }
    `,
    problems: `
      clusters/demo.yaml:1:10 warning istio/plain-http-charts: charts come over plain http: whoever sits on the way can change them
        Use https.
    `,
    passes: `
      istio: { charts: "https://charts.example.com/istio" }
    `,
  },
  {
    code: "istio/revision-disagreement",
    title: "wants one revision in all three charts",
    fails: `
      istio:
        revision: 1-31-1
        base: { values: { defaultRevision: default } }
        istiod: { values: { pilot: { revision: canary } } }
      gateways:
        ingress: { values: { revision: 1-30-5 } }
    `,
    problems: `
      clusters/demo.yaml:3:21 error istio/revision-disagreement: expected the revision "1-31-1" as in istio.revision, found "default": with two revisions nothing validates Istio's objects, or every write of one is refused
        Set istio.revision and remove this value: all charts follow it.
      clusters/demo.yaml:4:13 error istio/revision-disagreement: expected the revision "1-31-1" as in istio.revision, found "canary": with two revisions nothing validates Istio's objects, or every write of one is refused
        Set istio.revision and remove this value: all charts follow it.
      clusters/demo.yaml:6:24 error istio/revision-disagreement: expected the revision "1-31-1" as in istio.revision, or one of istiod's revisionTags, found "1-30-5": nothing would make a proxy of the gateway's pods
        Remove this value: the gateway follows istio.revision. Or add the tag to revisionTags of istiod's values.
    `,
    passes: `
      istio:
        revision: 1-31-1
    `,
  },
  {
    code: "istio/revision-disagreement",
    title: "knows that the gateway chart reads global.revision too",
    fails: `
      gateways:
        ingress: { values: { global: { revision: canary } } }
    `,
    problems: `
      clusters/demo.yaml:2:14 error istio/revision-disagreement: expected the revision "" as in istio.revision, or one of istiod's revisionTags, found "canary": nothing would make a proxy of the gateway's pods
        Remove this value: the gateway follows istio.revision. Or add the tag to revisionTags of istiod's values.
    `,
    passes: `
      istio:
        revision: canary
      gateways:
        ingress: { values: { global: { revision: stable } } }
    `,
  },
  {
    code: "istio/revision-disagreement",
    title: "takes a tag of istiod's for the gateway: the injector of the tag serves it",
    fails: `
      istio: { revision: 1-31-1, istiod: { values: { revisionTags: [prod-stable] } } }
      gateways: { ingress: { values: { revision: prod-canary } } }
    `,
    problems: `
      clusters/demo.yaml:2:34 error istio/revision-disagreement: expected the revision "1-31-1" as in istio.revision, or one of istiod's revisionTags, found "prod-canary": nothing would make a proxy of the gateway's pods
        Remove this value: the gateway follows istio.revision. Or add the tag to revisionTags of istiod's values.
    `,
    passes: `
      istio: { revision: 1-31-1, istiod: { values: { revisionTags: [prod-stable] } } }
      gateways: { ingress: { values: { revision: prod-stable } } }
    `,
  },
];
