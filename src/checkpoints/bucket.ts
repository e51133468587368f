/**
 * Checkpoints in an S3 bucket, one object each, locked as they are created: in compliance mode nobody can delete or shorten them
 * before their time, not even the owner of the account. The bot never overwrites one. A bucket without Object Lock refuses the
 * request, so a checkpoint is never kept without its lock.
 */
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { CheckpointPlace } from '../casework/ports/checkpoints.ts';
import { compare, FOLDER, LOOKED_AT, nameOf } from './note.ts';

const DAY_MS = 86_400_000;

/** What the bucket needs. */
export interface BucketParts {
  readonly bucket: string;
  readonly region: string;
  /** For storage that only speaks the protocol of S3; `null` for AWS itself. */
  readonly endpoint: string | null;
  /** For how long an object is locked, from its creation. */
  readonly keepDays: number;
  readonly now: () => number;
  /** In place of what the SDK finds by itself: the settings of AWS, or the role of the machine. */
  readonly credentials?: S3ClientConfig['credentials'];
}

/** The bucket. It is not looked at before the first checkpoint. */
export function bucketPlace({ bucket, region, endpoint, keepDays, now, credentials }: BucketParts): CheckpointPlace {
  const client = new S3Client({
    region,
    maxAttempts: 1, // what fails is tried again with longer pauses than the SDK makes
    ...(endpoint !== null && { endpoint, forcePathStyle: true }),
    ...(credentials && { credentials }),
  });

  const textOf = async (name: string, abortSignal: AbortSignal): Promise<string> => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: name }), { abortSignal });
    return Body === undefined ? '' : Body.transformToString('utf-8');
  };

  return {
    name: 'bucket',
    async keep(note, abortSignal) {
      const put = new PutObjectCommand({
        Bucket: bucket,
        Key: nameOf(note),
        Body: note.text,
        ContentType: 'text/plain; charset=utf-8',
        ChecksumAlgorithm: 'SHA256',
        IfNoneMatch: '*',
        ObjectLockMode: 'COMPLIANCE',
        ObjectLockRetainUntilDate: new Date(now() + keepDays * DAY_MS),
      });
      try {
        await client.send(put, { abortSignal });
        return { kind: 'kept' };
      } catch (error) {
        if (!isThereAlready(error)) throw error;
        return compare(await textOf(nameOf(note), abortSignal), note.text);
      }
    },
    async newest(accept, abortSignal) {
      const ledgers = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: FOLDER, Delimiter: '/' }), {
        abortSignal,
      });
      const found: string[] = [];
      for (const { Prefix = '' } of ledgers.CommonPrefixes ?? []) {
        const newest = await newestIn(Prefix, accept, abortSignal);
        if (newest !== null) found.push(newest);
      }
      return found;
    },
    close() {
      client.destroy();
      return Promise.resolve();
    },
  };

  async function newestIn(
    prefix: string,
    accept: (text: string) => boolean,
    abortSignal: AbortSignal,
  ): Promise<string | null> {
    const list = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: LOOKED_AT });
    for (const { Key = '' } of (await client.send(list, { abortSignal })).Contents ?? []) {
      const text = await textOf(Key, abortSignal);
      if (accept(text)) return text;
    }
    return null;
  }
}

/** 412: the condition says that it is there. Two requests at the same moment answer 409, which is tried again. */
function isThereAlready(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 412;
}
