// Stands in for composelint: it says its version, lists two rules, and serves an editor. All that it
// is sent goes to the file that COMPOSELINT_LOG names, a message a line.
import { appendFileSync } from "node:fs";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";

const [command] = process.argv.slice(2);
const rules = [
  "privileged                         error    default  Privileged container",
  "writable-root-filesystem           note     strict   Writable root file system",
];

if (command === "--version") {
  console.log(`composelint ${process.env.COMPOSELINT_VERSION ?? "0.1.0"}`);
} else if (command === "--list-rules") {
  console.log(rules.join("\n"));
} else if (process.env.COMPOSELINT_BROKEN) {
  console.error("composelint: no such file: lsp");
  process.exitCode = 2;
} else {
  serve();
}

function serve() {
  const connection = createMessageConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout));
  const note = (method: string, params: unknown) => {
    appendFileSync(process.env.COMPOSELINT_LOG ?? "/dev/null", JSON.stringify({ pid: process.pid, args: process.argv.slice(2), method, params }) + "\n");
  };
  const line = (n: number) => ({ start: { line: n, character: 4 }, end: { line: n, character: 14 } });
  connection.onRequest((method, params) => {
    note(method, params);
    switch (method) {
      case "initialize":
        return { capabilities: { textDocumentSync: 2, codeActionProvider: { codeActionKinds: ["quickfix", "source.fixAll.composelint"] } } };
      case "textDocument/codeAction": {
        const { textDocument } = params as { textDocument: { uri: string } };
        const changes = { [textDocument.uri]: [{ range: line(3), newText: "" }] };
        return [{ title: "make all safe fixes", kind: "source.fixAll.composelint", edit: { changes } }];
      }
      default:
        return null;
    }
  });
  connection.onNotification((method, params) => {
    note(method, params);
    if (method === "textDocument/didOpen") {
      const { textDocument } = params as { textDocument: { uri: string } };
      const href = "https://example.com/privileged";
      const finding = { range: line(3), severity: 1, source: "composelint", code: "privileged", codeDescription: { href }, message: "it is privileged" };
      void connection.sendNotification("textDocument/publishDiagnostics", { uri: textDocument.uri, diagnostics: [finding] });
    } else if (method === "exit") {
      process.exit();
    }
  });
  connection.listen();
}
