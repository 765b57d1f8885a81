import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";

/** The package that "npm run package" makes. */
export const vsix = "dist/composelint.vsix";

/** The files of the package, which is a zip archive, by the names that its directory has. */
export function files(): Map<string, Buffer> {
  const zip = readFileSync(vsix);
  const end = zip.lastIndexOf("PK\x05\x06", undefined, "latin1");
  const entries = new Map<string, Buffer>();
  for (let n = zip.readUInt16LE(end + 10), at = zip.readUInt32LE(end + 16); n > 0; n--) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + size);
    entries.set(zip.toString("utf8", at + 46, at + 46 + name), method === 0 ? packed : inflateRawSync(packed));
    at += 46 + name + extra + comment;
  }
  return entries;
}
