// The part of TypeScript 5.9's compiler API that type-to-schema.mjs calls. Written down here because TypeScript 7, which
// checks this repository, has no compiler API, and 5.9 is installed by `npm run import` only: `npm run typecheck` must
// not depend on that.
declare module "typescript5" {
  export interface SourceFile extends Node {
    readonly fileName: string;
    readonly text: string;
    readonly statements: readonly Node[];
    getLineAndCharacterOfPosition(position: number): { readonly line: number };
  }
  export interface Node {
    readonly kind: number;
    readonly pos: number;
    getSourceFile(): SourceFile;
    getStart(): number;
    getText(): string;
  }
  export interface Named extends Node {
    readonly name: Node & { readonly text: string };
  }
  export interface InterfaceDeclaration extends Named {
    readonly members: readonly Node[];
  }
  export interface PropertySignature extends Named {
    readonly questionToken?: Node;
    readonly type?: Node;
  }
  export interface IndexSignatureDeclaration extends Node {
    readonly type: Node;
  }
  export interface TypeLiteralNode extends Node {
    readonly members: readonly Node[];
  }
  export interface TypeReferenceNode extends Node {
    readonly typeName: Node;
    readonly typeArguments?: readonly Node[];
  }
  /** Also the shape of an intersection. */
  export interface UnionTypeNode extends Node {
    readonly types: readonly Node[];
  }
  export interface ParenthesizedTypeNode extends Node {
    readonly type: Node;
  }
  export interface LiteralTypeNode extends Node {
    readonly literal: Node;
  }

  interface Compiler {
    readonly ScriptTarget: { readonly Latest: number };
    readonly SyntaxKind: {
      readonly StringKeyword: number;
      readonly NumberKeyword: number;
      readonly BooleanKeyword: number;
    };
    createSourceFile(name: string, text: string, target: number, setParentNodes: boolean): SourceFile;
    getLeadingCommentRanges(
      text: string,
      position: number,
    ): readonly { readonly pos: number; readonly end: number }[] | undefined;
    isInterfaceDeclaration(node: Node): node is InterfaceDeclaration;
    isPropertySignature(node: Node): node is PropertySignature;
    isIndexSignatureDeclaration(node: Node): node is IndexSignatureDeclaration;
    isTypeLiteralNode(node: Node): node is TypeLiteralNode;
    isTypeReferenceNode(node: Node): node is TypeReferenceNode;
    isUnionTypeNode(node: Node): node is UnionTypeNode;
    isIntersectionTypeNode(node: Node): node is UnionTypeNode;
    isParenthesizedTypeNode(node: Node): node is ParenthesizedTypeNode;
    isLiteralTypeNode(node: Node): node is LiteralTypeNode;
    isStringLiteral(node: Node): node is Node & { readonly text: string };
  }
  const ts: Compiler;
  export default ts;
}
