/** Why no usable response came back; each maps to one poll outcome of the same name or as noted in poll-classify. */
export type FetchFailure =
  | 'guarded'
  | 'dns'
  | 'connect'
  | 'tls'
  | 'timeout'
  | 'too-large'
  | 'protocol'
  | 'redirected';

/**
 * What one poll's request chain gave. `url` is the final address; `movedTo` the target when every hop was permanent
 * (301, 308), else null. Header names are lower-case. `requests` counts HTTP requests made; `wireBytes` what came in.
 */
export type FetchResult =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly url: string;
      readonly movedTo: string | null;
      readonly headers: ReadonlyMap<string, string>;
      readonly body: Uint8Array;
      readonly wireBytes: number;
      readonly requests: number;
    }
  | {
      readonly kind: 'failure';
      readonly reason: FetchFailure;
      readonly detail: string;
      readonly wireBytes: number;
      readonly requests: number;
    };
