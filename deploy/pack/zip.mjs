import { crc32 as nodeCrc32, deflateRawSync } from "node:zlib";

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) {
    n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  }
  return n >>> 0;
});

// Node has its own from 22.2 on.
const crc32 = nodeCrc32 ?? ((bytes) => {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = table[(crc ^ byte) & 255] ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
});

/** A zip archive without anything of this machine. Times are UTC: the format knows no zone. */
export function zip(entries, time) {
  const at = new Date(time * 1000);
  const dosTime = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const dosDate = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const [parts, directory] = [[], []];
  let offset = 0;
  for (const { name, bytes, mode } of entries) {
    const [file, packed] = [Buffer.from(name, "utf8"), deflateRawSync(bytes, { level: 6 })];
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2); // names are UTF-8
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(dosTime, 6);
    common.writeUInt16LE(dosDate, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(file.length, 22);
    parts.push(Buffer.from("PK\x03\x04", "latin1"), common, file, packed);

    const more = Buffer.alloc(14);
    more.writeUInt32LE(((0o100000 | mode) << 16) >>> 0, 6);
    more.writeUInt32LE(offset, 10);
    // Made on Unix, so that modes are read.
    directory.push(Buffer.from("PK\x01\x02\x14\x03", "latin1"), common, more, file);
    offset += 30 + file.length + packed.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listing.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listing, Buffer.from("PK\x05\x06", "latin1"), end]);
}
