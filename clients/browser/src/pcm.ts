/** Bytes to base64 without a call per byte; frames are small, but there are fifty of them a second. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }

  return btoa(binary);
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** 16-bit little-endian samples as floats at another rate; exact where the rates are equal. */
export function toFloats(pcm: Uint8Array<ArrayBuffer>, rate: number, targetRate: number): Float32Array<ArrayBuffer> {
  const view = new DataView(pcm.buffer, pcm.byteOffset, pcm.byteLength);
  const count = pcm.byteLength >> 1;
  const samples = new Float32Array(count);
  for (let i = 0; i < count; i++) samples[i] = view.getInt16(i * 2, true) / 32768;
  if (rate === targetRate) return samples;

  const resampled = new Float32Array(Math.round((count * targetRate) / rate));
  for (let i = 0; i < resampled.length; i++) {
    const at = (i * rate) / targetRate;
    const index = Math.min(Math.floor(at), count - 1);
    const next = samples[Math.min(index + 1, count - 1)]!;
    resampled[i] = samples[index]! + (next - samples[index]!) * (at - index);
  }

  return resampled;
}
