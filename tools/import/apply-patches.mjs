// @ts-check

/** @typedef {import("../../manifests/object-schema.ts").Schema} Schema */

/**
 * One correction of what is published, with its reason. Exactly one of `set`, `require`, `remove`.
 *
 * @typedef {object} Patch
 * @property {string} kind a kind, or a type that kinds refer to
 * @property {string} path dotted property path from the object's root; `[]` behind a name means the items of a list
 * @property {Schema} [set] keywords that replace those of the schema at `path`; a `$ref` replaces all of it
 * @property {readonly string[]} [require] properties that become required at `path`
 * @property {readonly string[]} [remove] properties that nobody may set at `path`
 * @property {string} why
 */

/**
 * The schema with every row for its kind applied. Fails on a row that finds nothing to change or no such path, so that
 * the table never says more than what is true of the published files.
 *
 * @param {string} kind
 * @param {Schema} schema
 * @param {readonly Patch[]} patches
 * @returns {Schema}
 */
export function applyPatches(kind, schema, patches) {
  return patches
    .filter((patch) => patch.kind === kind)
    .reduce((patched, patch) => {
      const steps = patch.path === "" ? [] : patch.path.replaceAll("[]", ".[]").split(".");
      return changeAt(patched, steps, patch);
    }, schema);
}

/**
 * @param {Schema} schema
 * @param {readonly string[]} steps
 * @param {Patch} patch
 * @returns {Schema}
 */
function changeAt(schema, steps, patch) {
  const [step, ...rest] = steps;
  if (step === undefined) return change(schema, patch);
  if (step === "[]") {
    if (schema.items === undefined) throw noSuchPath(patch);
    return { ...schema, items: changeAt(schema.items, rest, patch) };
  }
  const property = schema.properties?.[step];
  if (property === undefined) throw noSuchPath(patch);
  return { ...schema, properties: { ...schema.properties, [step]: changeAt(property, rest, patch) } };
}

/**
 * @param {Schema} schema
 * @param {Patch} patch
 * @returns {Schema}
 */
function change(schema, patch) {
  if (patch.set !== undefined) {
    const changed = patch.set.$ref === undefined ? { ...schema, ...patch.set } : patch.set;
    if (JSON.stringify(changed) === JSON.stringify(schema)) throw needless(patch, JSON.stringify(patch.set));
    return changed;
  }
  if (patch.remove !== undefined) {
    const absent = patch.remove.filter((name) => schema.properties?.[name] === undefined);
    if (absent.length > 0) throw needless(patch, `no ${absent.join(", ")}`);
    const kept = Object.entries(schema.properties ?? {}).filter(([name]) => !patch.remove?.includes(name));
    return { ...schema, properties: Object.fromEntries(kept) };
  }
  const required = new Set([...(schema.required ?? []), ...(patch.require ?? [])]);
  if (required.size === (schema.required?.length ?? 0)) throw needless(patch, `required: ${patch.require}`);
  return { ...schema, required: [...required] };
}

/**
 * @param {Patch} patch
 * @param {string} what
 */
function needless({ kind, path }, what) {
  return new Error(
    `The patch of ${kind} ${path || "(root)"} changes nothing: the published file has it now (${what}). Remove the row from tools/import/patches.mjs.`,
  );
}

/** @param {Patch} patch */
function noSuchPath({ kind, path }) {
  return new Error(
    `Expected ${kind} to have ${path}, which tools/import/patches.mjs names; the published file has no such field. Correct the row or remove it.`,
  );
}
