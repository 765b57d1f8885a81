import { expand, type Machine } from "./program";

/** What VS Code has of settings below "composelint". */
export interface Configuration {
  get<T>(name: string, otherwise: T): T;
}

/** What the server is told, when it starts and whenever it changes. */
export interface ServerSettings {
  readonly strict: boolean | null;
  readonly configuration: string;
}

export function serverSettings(configuration: Configuration, machine: Pick<Machine, "home" | "folder">): ServerSettings {
  const path = configuration.get<string>("configuration", "");
  return {
    strict: configuration.get<boolean | null>("strict", null),
    configuration: path === "" ? "" : expand(path, machine),
  };
}
