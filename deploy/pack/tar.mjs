import { gzipSync } from "node:zlib";

const BLOCK = 512;

function header(name, mode, size, time, type) {
  const block = Buffer.alloc(BLOCK);
  let [prefix, short] = ["", name];
  if (Buffer.byteLength(name) > 100) {
    // ustar keeps the first folders of a long name apart.
    const at = name.lastIndexOf("/", name.length - 2 > 155 ? 155 : name.length - 2);
    [prefix, short] = [name.slice(0, at), name.slice(at + 1)];
    if (Buffer.byteLength(short) > 100 || Buffer.byteLength(prefix) > 155) {
      throw new Error(`The name is too long for a tar archive: ${name}`);
    }
  }
  const octal = (value, at, length) => block.write(value.toString(8).padStart(length - 1, "0"), at, "ascii");
  block.write(short, 0, "utf8");
  octal(mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(time, 136, 12);
  block.fill(" ", 148, 156);
  block.write(type, 156, "ascii");
  block.write("ustar\0" + "00", 257, "ascii");
  block.write("root", 265, "ascii");
  block.write("root", 297, "ascii");
  octal(0, 329, 8);
  octal(0, 337, 8);
  block.write(prefix, 345, "utf8");
  block.write(block.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, "0") + "\0 ", 148, "ascii");
  return block;
}

/** A POSIX tar of root's files, gzipped; nothing in it depends on this machine. Folders come before what is in them. */
export function tarGz(entries, time) {
  const parts = [];
  const folders = new Set();
  for (const { name, bytes, mode } of entries) {
    const names = name.split("/").slice(0, -1);
    for (let depth = 1; depth <= names.length; depth++) {
      const folder = `${names.slice(0, depth).join("/")}/`;
      if (!folders.has(folder)) {
        folders.add(folder);
        parts.push(header(folder, 0o755, 0, time, "5"));
      }
    }
    parts.push(header(name, mode, bytes.length, time, "0"), bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK));
  }
  parts.push(Buffer.alloc(2 * BLOCK));
  const gzip = gzipSync(Buffer.concat(parts), { level: 6 });
  // The byte that names the system that packed: unknown.
  gzip[9] = 255;
  return gzip;
}
