// `cdk8s import` writes `import { ApiObject, ApiObjectMetadata, GroupVersionKind } from 'cdk8s'`. The last two are
// interfaces, which `verbatimModuleSyntax` refuses in a plain import (TS1484), and editing the generated line would make
// `npx cdk8s import` give other bytes than `npm run import`. At run time both names are undefined, which is what stands
// here. Needless once cdk8s writes `import type` (cdk8s-cli lib/import/codegen.js emitHeader, read at 2.207.60).
import "cdk8s";

declare module "cdk8s/lib/metadata" {
  const ApiObjectMetadata: undefined;
}
declare module "cdk8s/lib/api-object" {
  const GroupVersionKind: undefined;
}
