import { isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import iconv from 'iconv-lite';
import { invalid, UserError } from '../../errors.ts';

/** A file of this many bytes is some millions of rows; what is larger does not fit into memory with certainty. */
const maximumBytes = 500_000_000;
/** So much is decoded and read at a time: small enough that a slice of work ends in time. */
const pieceBytes = 16_384;
/** So much is looked at to guess an encoding. */
const sampleBytes = 262_144;

/** What a file begins with that people take for CSV and that is none. */
const signatures: readonly { readonly bytes: readonly number[]; readonly what: string }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    what: 'a ZIP archive or an Excel workbook (.xlsx). Unpack it, or save the sheet as CSV',
  },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    what: 'an old Excel workbook (.xls). Save the sheet as CSV',
  },
  { bytes: [0x1f, 0x8b], what: 'a compressed file (.gz). Unpack it' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF. Export the data as CSV or vCard' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a picture. Export the data as CSV or vCard' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a picture. Export the data as CSV or vCard' },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], what: 'a database. Export the data as CSV' },
];

/** The bytes of an upload, and how they are read as text. */
export class SourceFile {
  readonly name: string;
  readonly size: number;
  private readonly chunks: Buffer[] = [];
  private received = 0;

  /** @throws UserError when it is empty, or too large to be held in memory */
  constructor(name: string, size: number) {
    if (size === 0) throw invalid('size_bytes', `${name} is empty: there is nothing to import.`);
    if (size > maximumBytes) {
      throw invalid(
        'size_bytes',
        `${name} is larger than ${maximumBytes / 1e6} MB. Split it into parts and import them one after the other.`,
      );
    }
    this.name = name;
    this.size = size;
  }

  /** @returns how many bytes there are by now */
  append(bytes: Buffer): number {
    if (this.received + bytes.byteLength > this.size)
      throw invalid('content_base64', 'More bytes arrived than the file has. Upload it again.');
    this.chunks.push(bytes);
    this.received += bytes.byteLength;
    return this.received;
  }

  /** @throws UserError when parts are missing, or the file is of a kind that holds no rows */
  check(): void {
    if (this.received < this.size)
      throw new UserError('conflict', 'The file has not arrived completely. Upload it again.');
    const head = this.head(8);
    const known = signatures.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
    if (known) throw invalid('file', `${this.name} is no CSV file but ${known.what}.`);
    const sample = this.head(sampleBytes);
    if (utf16Of(sample) === null && countOf(sample, 0) > sample.length / 10)
      throw invalid(
        'file',
        `${this.name} is no text but a binary file. Export the data as CSV or vCard.`,
      );
  }

  private head(bytes: number): Buffer {
    const first = this.chunks[0] ?? Buffer.alloc(0);
    return first.length >= bytes || this.chunks.length === 1
      ? first.subarray(0, bytes)
      : Buffer.concat(this.chunks).subarray(0, bytes);
  }

  /** The likeliest encoding: a mark at the start says it; else UTF-8 when all of it is; else by its letters. */
  guessEncoding(): string {
    const sample = this.head(sampleBytes);
    const utf16 = utf16Of(sample);
    if (utf16 !== null) return utf16;
    if (this.isUtf8()) return 'utf-8';
    const found = chardet.detect(sample)?.toLowerCase() ?? '';
    // What calls itself Latin-1 is nearly always written by Windows, which adds signs to it.
    if (found === '' || found === 'ascii' || found === 'utf-8' || found === 'iso-8859-1')
      return 'windows-1252';
    return iconv.encodingExists(found) ? found : 'windows-1252';
  }

  private isUtf8(): boolean {
    let rest: Buffer = Buffer.alloc(0);
    for (const chunk of this.chunks) {
      const whole = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const end = lastWhole(whole);
      if (!isUtf8(whole.subarray(0, end))) return false;
      rest = whole.subarray(end);
    }
    return isUtf8(rest);
  }

  /**
   * The text, piece by piece.
   *
   * @param progress told how many bytes were read after each piece
   * @throws UserError when nobody knows the encoding
   */
  *texts(encoding: string, progress?: (bytes: number) => void): Generator<string> {
    // Asked as a question of its own: the types have the encoding for a known one from then on.
    const isKnown: boolean = iconv.encodingExists(encoding);
    if (!isKnown)
      throw invalid('encoding', `Nobody knows the encoding "${encoding}". Use utf-8, for example.`);
    const decoder = iconv.getDecoder(encoding);
    let done = 0;
    for (const chunk of this.chunks) {
      for (let from = 0; from < chunk.length; from += pieceBytes) {
        const piece = chunk.subarray(from, from + pieceBytes);
        const text = decoder.write(piece);
        done += piece.length;
        progress?.(done);
        if (text !== '') yield text;
      }
    }
    const last = decoder.end();
    if (last !== undefined && last !== '') yield last;
  }

  /** So much text from the start as fits into a guess. */
  sampleText(encoding: string): string {
    let text = '';
    for (const piece of this.texts(encoding)) {
      text += piece;
      if (text.length >= sampleBytes) break;
    }
    return text;
  }
}

/** Where the last character that may be cut in two begins. */
function lastWhole(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return bytes.length - back;
    if (byte < 0x80) return bytes.length;
  }
  return bytes.length;
}

/** UTF-16 by its mark, or by the empty half that every Latin letter has. */
function utf16Of(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  let [even, odd] = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === 0 && at % 2 === 0) even += 1;
    else if (bytes[at] === 0) odd += 1;
  }
  const enough = bytes.length / 4;
  if (odd > enough && even === 0) return 'utf-16le';
  if (even > enough && odd === 0) return 'utf-16be';
  return null;
}

function countOf(bytes: Buffer, wanted: number): number {
  let count = 0;
  for (const byte of bytes) if (byte === wanted) count += 1;
  return count;
}
