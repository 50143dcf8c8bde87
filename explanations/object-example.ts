/**
 * Text of an example file with one object. Only the fields that the explained rule looks at are in it: that rule alone
 * is asked about it.
 */
export const objectFile = (
  path: string,
  apiVersion: string,
  kind: string,
  ...fields: readonly string[]
): string => [`# ${path}`, `apiVersion: ${apiVersion}`, `kind: ${kind}`, ...fields].join("\n");

/** A child Application of the cluster demo. */
export const childFile = (child: string, ...fields: readonly string[]): string =>
  objectFile(
    `dist/demo/applications/${child}.yaml`,
    "argoproj.io/v1alpha1",
    "Application",
    ...withName(`demo-${child}`, fields),
  );

/** The root Application of the cluster demo. */
export const rootFile = (...fields: readonly string[]): string =>
  objectFile("argocd/demo.yaml", "argoproj.io/v1alpha1", "Application", ...withName("demo-root", fields));

/** The AppProject of the children of demo. */
export const projectFile = (...fields: readonly string[]): string =>
  objectFile(
    "dist/demo/applications/project.yaml",
    "argoproj.io/v1alpha1",
    "AppProject",
    ...withName("demo", fields),
  );

const withName = (name: string, fields: readonly string[]): readonly string[] =>
  fields.some((field) => field.startsWith("metadata:")) ? fields : [`metadata: { name: ${name} }`, ...fields];

/** Several files of one example. */
export const files = (...texts: readonly string[]): string => texts.join("\n");
