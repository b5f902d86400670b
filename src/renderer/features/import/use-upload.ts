import { useState } from 'react';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { client } from '../../api/client.ts';
import { importDraft } from './import-store.ts';

/** A call may carry 1 MB, and base64 makes a third more of a part. */
const partBytes = 600_000;

function toBase64(part: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      // A data URL, as asked for below.
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    });
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')));
    reader.readAsDataURL(part);
  });
}

/** Brings a file to the core, part by part, and has it looked at. */
export function useUpload() {
  const [progress, setProgress] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);

  async function upload(file: File, object: ObjectName | undefined): Promise<void> {
    setError(null);
    setProgress(0);
    try {
      const { id } = await client.imports.create({ file_name: file.name, size_bytes: file.size });
      for (let from = 0; from < file.size; from += partBytes) {
        const content = await toBase64(file.slice(from, from + partBytes));
        await client.imports.append({ id, content_base64: content });
        setProgress(Math.min(1, (from + partBytes) / file.size));
      }
      importDraft.begin(id, await client.imports.analyse({ id, object }));
    } catch (failure) {
      setError(failure);
    } finally {
      setProgress(null);
    }
  }

  return { progress, error, upload };
}
