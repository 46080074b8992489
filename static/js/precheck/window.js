// Bytes of a file by position, read in blocks: never the whole of it.
const BLOCK = 1 << 16;

export class Window {
  constructor(blob) {
    this.blob = blob;
    this.size = blob.size;
    this.at = 0;
    this.held = new Uint8Array(0);
  }

  // As many of the bytes as there are.
  async bytes(at, length) {
    const inside = at - this.at;
    if (inside < 0 || inside + length > this.held.length) {
      const part = this.blob.slice(at, at + Math.max(length, BLOCK));
      this.held = new Uint8Array(await part.arrayBuffer());
      this.at = at;
    }
    return this.held.subarray(at - this.at, at - this.at + length);
  }
}

export function text(bytes, from = 0, to = bytes.length) {
  return String.fromCharCode(...bytes.subarray(from, to));
}

export function viewOf(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
