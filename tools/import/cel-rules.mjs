// @ts-check
// The CEL rules of CRDs (`x-kubernetes-validations`) as JSON Schema. Simple are those that other keywords can say, all of
// Istio's but two; these two are named as well, so that a new rule is decided on and not overlooked.

/** @typedef {import("../../manifests/object-schema.ts").Schema} Schema */
/** @typedef {{ readonly rule: string, readonly message?: string }} Rule */

/** @param {string} field @returns {Schema} */
const has = (field) => ({ required: [field] });

/** @param {...string} fields @returns {Schema} */
const hasNone = (...fields) => ({ not: { anyOf: fields.map(has) } });

/** The field is there, and is one of these. @param {string} field @param {...string} values @returns {Schema} */
const is = (field, ...values) => ({ required: [field], properties: { [field]: { enum: values } } });

/** @param {Schema} condition @param {Schema} schema @returns {Schema} */
const either = (condition, schema) => ({ anyOf: [condition, schema] });

/** As Istio's CRDs spell it. @param {readonly string[]} fields @returns {Schema} */
export const atMostOneOf = (fields) => ({ oneOf: [hasNone(...fields), ...fields.map(has)] });

/** Rule -> what says the same, but where a comment says less. @type {Readonly<Record<string, Schema>>} */
const simple = {
  // Its form, not its size.
  "duration(self) >= duration('1ms')": { $ref: "#/types/Duration" },
  "0 < self && self <= 65535": { minimum: 1, maximum: 65535 },
  // At most 99999.
  "self.all(key, 0 < int(key) && int(key) <= 65535)": { propertyNames: { pattern: "^[1-9][0-9]{0,4}$" } },
  "self.size() == 0": { maxLength: 0 },
  'self != "*"': { not: { enum: ["*"] } },
  'self in ["", "HTTP", "HTTPS"]': { enum: ["", "HTTP", "HTTPS"] },
  '!self.contains("*")': { pattern: "^[^*]*$" },
  'self.all(key, !key.contains("*"))': { propertyNames: { pattern: "^[^*]*$" } },
  "self.all(key, key.size() != 0)": { propertyNames: { minLength: 1 } },
  'self.all(key, size(key) < 63 && key.matches("^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$"))': {
    propertyNames: { pattern: "^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$", maxLength: 62 },
  },
  // Its scheme, not the rest.
  'url(self).getScheme() in ["http", "https"]': { pattern: "^https?://" },
  'self.startsWith("unix://") ? (self.substring(7, 8) == "/" || self.substring(7, 8) == "@") : true': {
    pattern: "^(?!unix://[^/@]|unix://$)",
  },
  'self.startsWith("unix://") ? !self.endsWith("/") : true': { pattern: "^(?!unix://.*/$)" },
  "self.all(l1, self.exists_one(l2, l1.number == l2.number))": {
    "x-kubernetes-list-type": "map",
    "x-kubernetes-list-map-keys": ["number"],
  },
  "has(self.wasm) != has(self.lua)": { oneOf: [has("wasm"), has("lua")] },
  "has(self.address) || has(self.network)": either(has("address"), has("network")),
  '(has(self.address) ? self.address : "").startsWith("unix://") ? !has(self.ports) : true': either(
    hasNone("ports"),
    { properties: { address: { not: { pattern: "^unix://" } } } },
  ),
  '(has(self.valueFrom) ? self.valueFrom : "") != "HOST" || !has(self.value)': either(hasNone("value"), {
    not: is("valueFrom", "HOST"),
  }),
  '((has(self.operation) ? self.operation : "") == "UPSERT") ? (self.value != "") : true': either(
    { required: ["value"], properties: { value: { minLength: 1 } } },
    { not: is("operation", "UPSERT") },
  ),
  '((has(self.operation) ? self.operation : "") == "REMOVE") ? !has(self.value) : true': either(
    hasNone("value"),
    { not: is("operation", "REMOVE") },
  ),
  'has(self.context) ? ((self.context == "WAYPOINT") ? has(self.waypoint) : !has(self.waypoint)) : !has(self.waypoint)':
    either(
      { ...is("context", "WAYPOINT"), required: ["context", "waypoint"] },
      { allOf: [hasNone("waypoint"), { not: is("context", "WAYPOINT") }] },
    ),
  '!((has(self.addresses) ? self.addresses : []).exists(k, k.contains("/")) && !((has(self.resolution) ? self.resolution : "NONE") in ["STATIC", "NONE"]))':
    either(
      { properties: { addresses: { items: { pattern: "^[^/]*$" } } } },
      { properties: { resolution: { enum: ["STATIC", "NONE"] } } },
    ),
  '((has(self.resolution) ? self.resolution : "NONE") == "NONE") ? !has(self.endpoints) : true': either(
    hasNone("endpoints"),
    { required: ["resolution"], not: is("resolution", "NONE") },
  ),
  '((has(self.resolution) ? self.resolution : "") == "DNS_ROUND_ROBIN") ? ((has(self.endpoints) ? self.endpoints : []).size() <= 1) : true':
    either({ properties: { endpoints: { maxItems: 1 } } }, { not: is("resolution", "DNS_ROUND_ROBIN") }),
  "(has(self.serviceAccounts) || has(self.notServiceAccounts)) ? (!has(self.principals) && !has(self.notPrincipals) && !has(self.namespaces) && !has(self.notNamespaces)) : true":
    either(
      hasNone("serviceAccounts", "notServiceAccounts"),
      hasNone("principals", "notPrincipals", "namespaces", "notNamespaces"),
    ),
  "has(self.portLevelMtls) ? (((has(self.selector) && has(self.selector.matchLabels)) ? self.selector.matchLabels : {}).size() > 0) : true":
    either(hasNone("portLevelMtls"), {
      required: ["selector"],
      properties: {
        selector: { required: ["matchLabels"], properties: { matchLabels: { minProperties: 1 } } },
      },
    }),
};

export const simpleRules = Object.keys(simple);

/** What is not checked: of URLs that may lack a scheme, Go's parser knows which are valid. */
const leftOut = new Set(
  ['"file", "oci"', '"oci", "file"'].map((last) => {
    const schemes = `getScheme() in ["", "http", "https", ${last}]`;
    return `isURL(self) ? (url(self).${schemes}) : (isURL("http://" + self) && url("http://" + self).${schemes})`;
  }),
);

const atMostOneRule = /^(?:\(has\(self\.\w+\) \? 1 : 0\)(?: \+ |(?= <= 1$)))+ <= 1$/;

/**
 * What the rules of one schema say, as schemas beside it.
 *
 * @param {readonly Rule[]} rules
 * @param {string} path where they stand, for the message
 * @returns {readonly Schema[]}
 */
export function ruleSchemas(rules, path) {
  return rules.flatMap(({ rule: text, message }) => {
    const rule = text.replace(/\s+/g, " ");
    if (leftOut.has(rule)) return [];
    if (atMostOneRule.test(rule))
      return [atMostOneOf([...rule.matchAll(/self\.(\w+)/g)].map(([, field = ""]) => field))];
    const schema = simple[rule];
    if (schema === undefined) {
      throw new Error(
        `${path}: tools/import/cel-rules.mjs does not know the rule ${JSON.stringify(rule)} (${message}). Add what says the same as JSON Schema, or name it among those that are left out.`,
      );
    }
    return [
      schema.$ref === undefined && message !== undefined ? { ...schema, description: message } : schema,
    ];
  });
}
