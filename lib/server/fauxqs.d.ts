/** The file is a part of fauxqs that it does not export. `npm run bundle` knows its path. */
declare module 'fauxqs/sqsStore' {
  interface Sent {
    readonly sentTimestamp: number;
  }

  export class SqsStore {
    listQueues(): {
      readonly attributes: Record<string, string>;
      messages: Sent[];
      readonly inflightMessages: Map<string, { readonly message: Sent }>;
    }[];
  }
}
