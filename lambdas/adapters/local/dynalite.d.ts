declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** Files go to `path` (memory when absent); `createTableMs` is how long a new table stays in CREATING. */
  export default function dynalite(options: { path?: string; createTableMs?: number }): Server;
}
