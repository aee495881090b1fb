export { type DocumentViewerOptions, documentViewer } from './document/document-viewer.ts';
export type { ErrorKind, WatchError, WatchEvents } from './events.ts';
export type { MediaLike } from './media/media-source.ts';
export type { ActiveViewing, Reason, Session, ViewingState } from './protocol.ts';
export type { Phase } from './session/phases.ts';
export type { Reading, Source } from './source.ts';
export type { Token } from './transport/transport.ts';
export { type Watching, type WatchOptions, watch } from './watch.ts';
