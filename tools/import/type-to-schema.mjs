// @ts-check
// Reads the .d.ts of @kubernetes-models: one interface per kind, with everything inline. Whatever else turns up is an
// error, because a type that was guessed wrong would be a field that nobody checks.
import ts from "typescript5";

/** @typedef {import("./schema.ts").Schema} Schema */
/** @typedef {import("typescript5").Node} Node */

/**
 * The schema of one interface of a declaration file.
 *
 * @param {string} fileName for messages only
 * @param {string} text
 * @param {string} interfaceName
 * @param {readonly string[]} omitted top-level properties to leave out (`status`: nobody writes it)
 * @returns {Schema}
 */
export function interfaceToSchema(fileName, text, interfaceName, omitted = []) {
  const file = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  for (const statement of file.statements) {
    if (!ts.isInterfaceDeclaration(statement) || statement.name.text !== interfaceName) continue;
    const members = statement.members.filter(
      (member) => !(ts.isPropertySignature(member) && omitted.includes(member.name.text)),
    );
    return withDescription(statement, membersToSchema(members, statement));
  }
  throw new Error(`Expected an interface ${interfaceName} in ${fileName}; the package's layout has changed.`);
}

/**
 * @param {Node} node
 * @returns {Schema}
 */
function typeToSchema(node) {
  if (node.kind === ts.SyntaxKind.StringKeyword) return { type: "string" };
  if (node.kind === ts.SyntaxKind.NumberKeyword) return { type: "number" };
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return { type: "boolean" };
  if (ts.isParenthesizedTypeNode(node)) return typeToSchema(node.type);
  if (ts.isTypeLiteralNode(node)) return membersToSchema(node.members, node);
  if (ts.isLiteralTypeNode(node)) return { type: "string", enum: [literalText(node)] };
  if (ts.isTypeReferenceNode(node)) return referenceToSchema(node);
  if (ts.isUnionTypeNode(node)) return unionToSchema(node);
  if (ts.isIntersectionTypeNode(node)) {
    return mergeObjects(node, (inAll) => inAll.some((required) => required));
  }
  throw unexpected(node, "a type that has a schema");
}

/**
 * @param {readonly Node[]} members
 * @param {Node} owner
 * @returns {Schema}
 */
function membersToSchema(members, owner) {
  const [first] = members;
  if (first === undefined) return { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  if (ts.isIndexSignatureDeclaration(first) && members.length === 1) {
    return { type: "object", additionalProperties: typeToSchema(first.type) };
  }
  /** @type {[string, Schema][]} */
  const properties = [];
  /** @type {string[]} */
  const required = [];
  for (const member of members) {
    if (!ts.isPropertySignature(member) || member.type === undefined) {
      throw unexpected(owner, "an object whose members are all properties");
    }
    properties.push([member.name.text, withDescription(member, typeToSchema(member.type))]);
    if (member.questionToken === undefined) required.push(member.name.text);
  }
  return objectSchema(properties, required);
}

/**
 * @param {import("typescript5").TypeReferenceNode} node
 * @returns {Schema}
 */
function referenceToSchema(node) {
  const name = node.typeName.getText();
  const [argument] = node.typeArguments ?? [];
  if (name === "Array" && argument !== undefined) return { type: "array", items: typeToSchema(argument) };
  // Exclude<A, …> stands for "none of the oneOf": as far as properties go it is A.
  if (name === "Exclude" && argument !== undefined) return typeToSchema(argument);
  // A CRD does not describe metadata; the API server and cdk8s know it.
  if (name === "IObjectMeta") return { type: "object" };
  throw unexpected(node, "Array, Exclude or IObjectMeta");
}

/**
 * @param {import("typescript5").UnionTypeNode} node
 * @returns {Schema}
 */
function unionToSchema(node) {
  if (node.types.every(ts.isLiteralTypeNode)) {
    return { type: "string", enum: node.types.map(literalText) };
  }
  const kinds = new Set(node.types.map((type) => type.kind));
  if (kinds.size === 2 && kinds.has(ts.SyntaxKind.NumberKeyword) && kinds.has(ts.SyntaxKind.StringKeyword)) {
    return { anyOf: [{ type: "integer" }, { type: "string" }], "x-kubernetes-int-or-string": true };
  }
  return mergeObjects(node, (inAll) => inAll.every((required) => required));
}

/**
 * Istio's oneOf comes as a union of objects with the same properties that differ only in which are required. One object
 * remains of them: `isRequired` says from each part's answer what becomes of a property, and the properties that one
 * part alone requires exclude each other.
 *
 * @param {import("typescript5").UnionTypeNode} node
 * @param {(inAll: readonly boolean[]) => boolean} isRequired
 * @returns {Schema}
 */
function mergeObjects(node, isRequired) {
  const parts = node.types.map(typeToSchema);
  const [first] = parts;
  const names = Object.keys(first?.properties ?? {});
  for (const part of parts) {
    if (Object.keys(part.properties ?? {}).join() !== names.join() || names.length === 0) {
      throw unexpected(node, "objects with the same properties");
    }
  }
  const required = names.filter((name) =>
    isRequired(parts.map((part) => part.required?.includes(name) ?? false)),
  );
  const alternatives = [...new Set(parts.flatMap((part) => part.required ?? []))].filter(
    (name) => !required.includes(name),
  );
  const known = parts.flatMap((part) => (part.atMostOne === undefined ? [] : [part.atMostOne]));
  const atMostOne = alternatives.length > 1 ? alternatives : known[0];
  return {
    ...objectSchema(Object.entries(first?.properties ?? {}), required),
    ...(atMostOne && { atMostOne }),
  };
}

/**
 * @param {readonly [string, Schema][]} properties
 * @param {readonly string[]} required
 * @returns {Schema}
 */
function objectSchema(properties, required) {
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    ...(required.length > 0 ? { required } : {}),
  };
}

/**
 * @param {Node} node
 * @returns {string}
 */
function literalText(node) {
  if (!ts.isLiteralTypeNode(node) || !ts.isStringLiteral(node.literal)) {
    throw unexpected(node, "a string literal");
  }
  return node.literal.text;
}

/**
 * @param {Node} node
 * @param {Schema} schema
 * @returns {Schema}
 */
function withDescription(node, schema) {
  const { text } = node.getSourceFile();
  const comment = ts.getLeadingCommentRanges(text, node.pos)?.at(-1);
  if (comment === undefined) return schema;
  const description = text
    .slice(comment.pos, comment.end)
    .replace(/^\/\*\*|\*\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd())
    .join("\n")
    // The packages escape Markdown's bullet, which the CRDs do not.
    .replaceAll("\\*", "*")
    .trim();
  return { description, ...schema };
}

/**
 * @param {Node} node
 * @param {string} expected
 */
function unexpected(node, expected) {
  const file = node.getSourceFile();
  const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  return new Error(
    `${file.fileName}:${line}: expected ${expected}, found \`${node.getText().slice(0, 80)}\`. Teach tools/import/type-to-schema.mjs what it means.`,
  );
}
