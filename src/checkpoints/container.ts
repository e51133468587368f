/**
 * Checkpoints in a container of Azure Blob Storage, one blob each. The bot creates blobs and never overwrites or deletes one; that
 * nobody else can either is the business of the container's immutability policy, which the operator sets and locks.
 */
import type { TokenCredential } from '@azure/identity';
import { ContainerClient, RestError } from '@azure/storage-blob';
import type { CheckpointPlace } from '../casework/ports/checkpoints.ts';
import { compare, FOLDER, LOOKED_AT, nameOf } from './note.ts';

/** What the container needs. */
export interface ContainerParts {
  /** `https://ACCOUNT.blob.core.windows.net/CONTAINER`. */
  readonly url: string;
  readonly credential: TokenCredential;
}

/** The container. It is not looked at before the first checkpoint. */
export function containerPlace({ url, credential }: ContainerParts): CheckpointPlace {
  // One attempt each: what fails is tried again with longer pauses than the SDK makes.
  const container = new ContainerClient(url, credential, { retryOptions: { maxTries: 1 } });

  const textOf = async (name: string, abortSignal: AbortSignal): Promise<string> =>
    (await container.getBlobClient(name).downloadToBuffer(0, undefined, { abortSignal })).toString('utf8');

  return {
    name: 'container',
    async keep(note, abortSignal) {
      const bytes = Buffer.from(note.text);
      try {
        await container.getBlockBlobClient(nameOf(note)).uploadData(bytes, {
          abortSignal,
          conditions: { ifNoneMatch: '*' },
          blobHTTPHeaders: { blobContentType: 'text/plain; charset=utf-8' },
        });
        return { kind: 'kept' };
      } catch (error) {
        if (!isThereAlready(error)) throw error;
        return compare(await textOf(nameOf(note), abortSignal), note.text);
      }
    },
    async newest(accept, abortSignal) {
      const found: string[] = [];
      for await (const one of container.listBlobsByHierarchy('/', { prefix: FOLDER, abortSignal })) {
        if (one.kind !== 'prefix') continue;
        const newest = await newestIn(one.name, accept, abortSignal);
        if (newest !== null) found.push(newest);
      }
      return found;
    },
    close: () => Promise.resolve(),
  };

  async function newestIn(
    prefix: string,
    accept: (text: string) => boolean,
    abortSignal: AbortSignal,
  ): Promise<string | null> {
    const pages = container.listBlobsFlat({ prefix, abortSignal }).byPage({ maxPageSize: LOOKED_AT });
    const first = await pages.next();
    if (first.done === true) return null;
    for (const { name } of first.value.segment.blobItems) {
      const text = await textOf(name, abortSignal);
      if (accept(text)) return text;
    }
    return null;
  }
}

/** 409 when the blob is there, 412 when the condition says so; which of the two it is has changed between versions. */
function isThereAlready(error: unknown): boolean {
  return error instanceof RestError && (error.statusCode === 409 || error.statusCode === 412);
}
