// Stage 1: what the annotations with JSON hold. Sources: the controller's types (pkg/ingress/config_types.go and
// model_build_listener.go at v3.5.0, read 2026-11-22, run 2026-11-30), and what AWS demands of the values (Elastic Load
// Balancing API reference: AuthenticateCognitoActionConfig, AuthenticateOidcActionConfig, JwtValidationActionConfig; read 2026-12-01).
import type { JsonObject } from "../core/json.ts";
import type { JsonSchema } from "./json-grammar.ts";

const text: JsonSchema = { type: "text" };
const httpsUrl: JsonSchema = {
  type: "text",
  form: /^https:\/\/[^\s/?#]+\S*$/,
  expected: "a full https:// URL",
};
/** Of the request to the authorization endpoint. */
const extraParameters: JsonSchema = { type: "texts", most: 10 };

export const cognito: JsonSchema = {
  type: "map",
  needs: {
    userPoolARN: {
      type: "text",
      form: /^arn:aws[a-z-]*:cognito-idp:[a-z0-9-]+:\d{12}:userpool\/[\w-]+$/,
      expected: "the ARN of a user pool (arn:aws:cognito-idp:<region>:<account>:userpool/<id>)",
    },
    userPoolClientID: text,
    userPoolDomain: {
      type: "text",
      form: /^[A-Za-z0-9][A-Za-z0-9.-]*$/,
      expected: "the prefix or the name of the user pool's domain, without https://",
    },
  },
  may: { authenticationRequestExtraParams: extraParameters },
};

export const oidc: JsonSchema = {
  type: "map",
  needs: {
    issuer: httpsUrl,
    authorizationEndpoint: httpsUrl,
    tokenEndpoint: httpsUrl,
    userInfoEndpoint: httpsUrl,
    secretName: {
      type: "text",
      form: /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/,
      expected: "the name of a Secret",
    },
  },
  may: { authenticationRequestExtraParams: extraParameters },
};

export const jwtValidation: JsonSchema = {
  type: "map",
  needs: {
    jwksEndpoint: httpsUrl,
    issuer: { type: "text", form: /^.{1,256}$/s, expected: "text of at most 256 characters" },
  },
  may: {
    additionalClaims: {
      type: "list",
      most: 10,
      of: {
        type: "map",
        needs: {
          format: { type: "words", words: ["single-string", "string-array", "space-separated-values"] },
          name: {
            type: "text",
            form: /^(?!(?:exp|iss|nbf|iat)$)/,
            expected: "another claim than exp, iss, nbf and iat, which are checked in any case,",
          },
          values: { type: "list", most: 10, of: text },
        },
        may: {},
      },
    },
  },
};

export const mutualAuthentication: JsonSchema = {
  type: "list",
  once: "port",
  of: {
    type: "map",
    needs: {
      // The door listens with TLS there only; what is said of another port is ignored silently.
      port: { type: "whole", from: 443, to: 443 },
      mode: { type: "words", words: ["off", "passthrough", "verify"] },
    },
    may: {
      trustStore: { type: "text", form: /^\S*$/, expected: "the ARN or the name of a trust store" },
      ignoreClientCertificateExpiry: { type: "flag" },
      advertiseTrustStoreCaNames: { type: "words", words: ["on", "off"] },
    },
    together: checkMode,
  },
};

/** validateMutualAuthenticationConfig in the controller's model_build_listener.go. */
function checkMode({ mode, ...options }: JsonObject): string | undefined {
  if (mode === "verify")
    return options.trustStore === undefined ? "a trustStore beside the mode verify" : undefined;
  const needsVerify = ["trustStore", "ignoreClientCertificateExpiry", "advertiseTrustStoreCaNames"];
  const first = needsVerify.find((key) => options[key] !== undefined);
  return first === undefined ? undefined : `${first} beside the mode verify only`;
}
