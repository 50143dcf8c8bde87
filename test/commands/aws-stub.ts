// A server that answers every call with one failure, in the formats of AWS: XML from EC2, JSON from ACM and WAFv2.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

export interface AwsStub {
  readonly url: string;
  /** Of the requests that came. */
  readonly requests: { readonly count: number };
  readonly close: () => Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface Refusal {
  readonly status: number;
  readonly message?: string;
  /** As EC2 spells the code, and as the services with JSON do. */
  readonly ec2: string;
  readonly json: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function startStub(answer: Answer): Promise<AwsStub> {
  const requests = { count: 0 };
  const server = createServer((request, response) => {
    requests.count += 1;
    request.resume().on("end", () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, requests, close: () => closeServer(server) };
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

export const refuse =
  ({ status, message = "text of AWS", ec2, json, headers = {} }: Refusal): Answer =>
  (request, response) => {
    const isJson = request.headers["x-amz-target"] !== undefined;
    const type = isJson ? "application/x-amz-json-1.1" : "text/xml";
    const xml = message.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    response.writeHead(status, { "content-type": type, ...headers });
    response.end(
      isJson
        ? JSON.stringify({ __type: json, message })
        : `<?xml version="1.0"?><Response><Errors><Error><Code>${ec2}</Code><Message>${xml}</Message></Error></Errors><RequestID>r-1</RequestID></Response>`,
    );
  };

export const page =
  (status: number, html = "<html><body><h1>Welcome to the guest network</h1></body></html>"): Answer =>
  (_, response) => {
    response.writeHead(status, { "content-type": "text/html" });
    response.end(html);
  };

export const hangUp: Answer = (request) => void request.socket.destroy();
export const beSilent: Answer = () => {};
