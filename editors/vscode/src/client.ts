import type { LogOutputChannel } from "vscode";
import { CloseAction, ErrorAction, LanguageClient } from "vscode-languageclient/node";

import type { ServerSettings } from "./settings";

/** The files that the server is told of. */
export const selector = [
  { scheme: "file", language: "yaml" },
  { scheme: "file", language: "dockercompose" },
  { scheme: "file", pattern: "**/.composelint.{yaml,yml}" },
];

/** What fails is written into the output alone: the extension itself tells what somebody can mend. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** Makes a client that runs "composelint lsp", and calls ended where that has ended by itself. */
export function newClient(path: string, settings: () => ServerSettings, output: LogOutputChannel, ended: () => void): LanguageClient {
  return new QuietClient(
    "composelint",
    "composelint",
    { command: path, args: ["lsp"] },
    {
      documentSelector: selector,
      initializationOptions: settings,
      outputChannel: output,
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          ended();
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    },
  );
}
