// yaml-language-server, which most editors use for YAML, as a process that an editor talks to (LSP over stdio).
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

export interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

type Answer = (message: Message) => void;

const folder = dirname(createRequire(import.meta.url).resolve("yaml-language-server/package.json"));

export class LanguageServer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<string, Answer>();
  #nextId = 1;
  #buffer = Buffer.alloc(0);

  private constructor() {
    this.#process = spawn(process.execPath, [join(folder, "bin/yaml-language-server"), "--stdio"]);
    this.#process.stdout.on("data", (chunk: Buffer) => this.#read(chunk));
  }

  static async start(): Promise<LanguageServer> {
    const server = new LanguageServer();
    await server.#request("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
    server.#notify("initialized", {});
    server.#notify("workspace/didChangeConfiguration", {
      settings: { yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false } } },
    });
    return server;
  }

  stop(): void {
    this.#process.kill();
  }

  /** Opens a file with that text; what is wrong with it. */
  async diagnose(path: string, text: string): Promise<readonly Diagnostic[]> {
    const uri = pathToFileURL(path).href;
    const published = this.#wait(`diagnostics ${uri}`);
    this.#notify("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
    const { params } = await published;
    return (params as { diagnostics: readonly Diagnostic[] }).diagnostics; // as LSP defines publishDiagnostics
  }

  /** What an editor shows at a place of an open file, as one text. */
  async hover(path: string, line: number, character: number): Promise<string> {
    const textDocument = { uri: pathToFileURL(path).href };
    const { result } = await this.#request("textDocument/hover", {
      textDocument,
      position: { line, character },
    });
    return JSON.stringify(result);
  }

  /** What an editor offers at a place of an open file. */
  async complete(path: string, line: number, character: number): Promise<readonly string[]> {
    const textDocument = { uri: pathToFileURL(path).href };
    const position = { line, character };
    const { result } = await this.#request("textDocument/completion", { textDocument, position });
    const { items } = result as { items: readonly { readonly label: string }[] }; // as LSP defines CompletionList
    return items.map(({ label }) => label);
  }

  #request(method: string, params: unknown): Promise<Message> {
    const id = this.#nextId++;
    const answered = this.#wait(String(id));
    this.#send({ id, method, params });
    return answered;
  }

  #notify = (method: string, params: unknown): void => this.#send({ method, params });

  #wait = (key: string): Promise<Message> => new Promise((resolve) => this.#waiting.set(key, resolve));

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #read(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n(?:.+\r\n)*\r\n/i.exec(this.#buffer.toString("latin1"));
      if (head === null) return;
      const end = head[0].length + Number(head[1]);
      if (this.#buffer.length < end) return;
      const body = this.#buffer.subarray(head[0].length, end).toString();
      this.#buffer = this.#buffer.subarray(end);
      this.#take(JSON.parse(body));
    }
  }

  #take(message: Message): void {
    const { id, method, params } = message;
    if (method === "textDocument/publishDiagnostics") {
      const { uri } = params as { uri: string }; // as LSP defines it
      this.#waiting.get(`diagnostics ${uri}`)?.(message);
    } else if (method !== undefined && id !== undefined) {
      this.#send({ id, result: null }); // what the server asks of an editor
    } else this.#waiting.get(String(id))?.(message);
  }
}
