/** Whether the bytes are text; `decoded` is what they read as. */
export function isUtf8(bytes: Buffer, decoded: string = bytes.toString('utf8')): boolean {
  return !decoded.includes('\ufffd') || Buffer.from(decoded).equals(bytes);
}
