export interface FuzzedSource {
  readonly name: string;
  readonly platform: 'labelbox' | 'label-studio';
  /** Empty: nobody is let in. */
  readonly secret: string;
  /** Its secret cannot be read. */
  readonly isDown?: boolean;
}

export const sources: readonly FuzzedSource[] = [
  { name: 'labelbox', platform: 'labelbox', secret: 'fuzz-box-secret' },
  { name: 'label-studio', platform: 'label-studio', secret: 'fuzz-studio:secret' },
  { name: 'team-b', platform: 'labelbox', secret: 'fuzz-team-secret' },
  { name: 'studio-b', platform: 'label-studio', secret: 'fuzz-other-secret' },
  { name: 'silent', platform: 'labelbox', secret: '' },
  { name: 'silent-studio', platform: 'label-studio', secret: '' },
  { name: 'down', platform: 'labelbox', secret: 'fuzz-lost-secret', isDown: true },
  { name: 'down-studio', platform: 'label-studio', secret: 'fuzz-gone-secret', isDown: true },
];

/** Stands in everything that must not get in: as the trace of the request, and in its body. */
export const FORGED = 'f0'.repeat(16);
